CREATE TEMP TABLE newest AS
SELECT * EXCLUDE (place) FROM (
    SELECT ContactId, Queue, Agent, Attributes,
           row_number() OVER (PARTITION BY ContactId ORDER BY LastUpdateTimestamp DESC) AS place
    FROM read_json(getvariable('records'), format = 'newline_delimited', columns = {
        ContactId: 'VARCHAR', LastUpdateTimestamp: 'TIMESTAMP',
        Queue: 'STRUCT("Name" VARCHAR, EnqueueTimestamp TIMESTAMP, Duration INTEGER)',
        Agent: 'STRUCT(Username VARCHAR, ConnectedToAgentTimestamp TIMESTAMP, AgentInteractionDuration INTEGER,
                       CustomerHoldDuration INTEGER, NumberOfHolds INTEGER, AfterContactWorkDuration INTEGER)',
        Attributes: 'STRUCT(survey_score INTEGER)'})
) WHERE place = 1;

SELECT time_bucket(INTERVAL 15 MINUTES, moment) AS start, scope, name, count(*) AS contacts,
       count(Agent) AS answered, count(*) FILTER (Agent IS NULL) AS abandoned,
       count(*) FILTER (Agent IS NULL AND wait <= 5) AS abandoned_short,
       count(*) FILTER (Agent IS NULL AND wait <= 20) AS abandoned_in_target,
       count(*) FILTER (Agent IS NOT NULL AND wait <= 20) AS answered_in_target,
       sum(wait) FILTER (Agent IS NOT NULL) AS wait_answered,
       sum(wait) FILTER (Agent IS NULL) AS wait_abandoned,
       sum(Agent.AgentInteractionDuration) AS talk, sum(Agent.CustomerHoldDuration) AS hold,
       count(*) FILTER (Agent.NumberOfHolds > 0) AS held,
       sum(Agent.AfterContactWorkDuration) AS after_contact,
       count(Attributes.survey_score) AS answers,
       count(*) FILTER (Attributes.survey_score >= 4) AS satisfied,
       max(wait) AS longest,
       quantile_disc(wait, [0.5, 0.9, 0.95]) AS queue_time,
       quantile_disc(Agent.AgentInteractionDuration + Agent.CustomerHoldDuration
                     + Agent.AfterContactWorkDuration, [0.5, 0.9, 0.95]) AS handle_time
FROM (
    SELECT Queue.EnqueueTimestamp AS moment, 'queue' AS scope, Queue."Name" AS name, Queue.Duration AS wait,
           Agent, Attributes FROM newest
    UNION ALL
    SELECT Agent.ConnectedToAgentTimestamp, 'agent', Agent.Username, Queue.Duration, Agent, Attributes
    FROM newest WHERE Agent IS NOT NULL
)
GROUP BY ALL;
