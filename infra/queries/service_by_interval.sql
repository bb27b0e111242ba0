-- The counters of queues, and of contacts that never queued, by hour (UTC), as the contact rows of history give them.
-- Every night they are held against the counters themselves.
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
    date_trunc('hour', arrived_at) AS hour,
    scope,
    key,
    channel,
    sum(contacts) AS contacts,
    sum(offered) AS offered,
    sum(answered) AS answered,
    sum(abandoned) AS abandoned,
    sum(abandoned_short) AS abandoned_short,
    sum(ended_in_menu) AS ended_in_menu,
    sum(ended_by_flow) AS ended_by_flow,
    sum(callbacks) AS callbacks,
    sum(transferred) AS transferred,
    sum(answered_in_target) AS answered_in_target,
    sum(abandoned_in_target) AS abandoned_in_target,
    sum(wait_answered_seconds) AS wait_answered_seconds,
    sum(wait_abandoned_seconds) AS wait_abandoned_seconds,
    sum(talk_seconds) AS talk_seconds,
    sum(hold_seconds) AS hold_seconds,
    sum(held) AS held,
    sum(after_contact_work_seconds) AS after_contact_work_seconds,
    sum(survey_answers) AS survey_answers,
    sum(survey_satisfied) AS survey_satisfied,
    sum(survey_score_sum) AS survey_score_sum,
    sum(transfers_in) AS transfers_in,
    sum(transfers_out) AS transfers_out,
    sum(callbacks_attempted) AS callbacks_attempted,
    sum(callbacks_connected) AS callbacks_connected,
    sum(callbacks_given_up) AS callbacks_given_up,
    sum(callback_wait_seconds) AS callback_wait_seconds,
    max(longest_wait_seconds) AS longest_wait_seconds
FROM asked
GROUP BY date_trunc('hour', arrived_at), scope, key, channel
ORDER BY hour, scope, key, channel
