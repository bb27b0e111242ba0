-- When contacts come: by weekday (1 is Monday) and hour of the centre's own clock, over the days asked.
-- An hour that the clocks repeat counts under one name.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/counted.sql
asked AS (
    SELECT * FROM counted
    WHERE CAST(arrived_local AS date) BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
)
SELECT
    day_of_week(arrived_local) AS weekday,
    hour(arrived_local) AS hour,
    sum(contacts) AS contacts,
    sum(offered) AS offered,
    sum(answered) AS answered,
    sum(abandoned) AS abandoned,
    1E2 * sum(abandoned) / nullif(sum(offered), 0) AS abandonment_rate,
    1E0 * sum(wait_answered_seconds) / nullif(sum(answered), 0) AS average_speed_of_answer_seconds,
    max(longest_wait_seconds) AS longest_wait_seconds
FROM asked
GROUP BY day_of_week(arrived_local), hour(arrived_local)
ORDER BY weekday, hour
