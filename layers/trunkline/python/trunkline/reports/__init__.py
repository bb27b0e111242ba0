"""Reports of days, weeks and months, and scorecards: figures with the number behind them and their interval."""
