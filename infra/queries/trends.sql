-- How queues did on the days asked, against the days they are compared with: volume, abandonment, service level by
-- convention (c), speed of answer, handle time and satisfaction; every ratio is a ratio of sums.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:compare_from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
        OR day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/counted.sql
periods AS (
    SELECT counted.*, 1 AS now, 0 AS before FROM counted
    WHERE CAST(arrived_local AS date) BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
    UNION ALL
    SELECT counted.*, 0 AS now, 1 AS before FROM counted
    WHERE CAST(arrived_local AS date) BETWEEN CAST(:compare_from_day AS date) AND CAST(:compare_to_day AS date)
),
sums AS (
    SELECT
        scope,
        key,
        sum(now * contacts) AS contacts,
        sum(before * contacts) AS contacts_before,
        sum(now * offered) AS offered,
        sum(before * offered) AS offered_before,
        sum(now * answered) AS answered,
        sum(before * answered) AS answered_before,
        sum(now * abandoned) AS abandoned,
        sum(before * abandoned) AS abandoned_before,
        sum(now * (answered_in_target + abandoned_in_target)) AS in_target,
        sum(before * (answered_in_target + abandoned_in_target)) AS in_target_before,
        sum(now * wait_answered_seconds) AS waited,
        sum(before * wait_answered_seconds) AS waited_before,
        sum(now * (talk_seconds + hold_seconds + after_contact_work_seconds)) AS handled,
        sum(before * (talk_seconds + hold_seconds + after_contact_work_seconds)) AS handled_before,
        sum(now * survey_answers) AS answers,
        sum(before * survey_answers) AS answers_before,
        sum(now * survey_satisfied) AS satisfied,
        sum(before * survey_satisfied) AS satisfied_before
    FROM periods
    GROUP BY scope, key
)
SELECT
    scope,
    key,
    contacts,
    contacts_before,
    1E2 * (contacts - contacts_before) / nullif(contacts_before, 0) AS contacts_change_percent,
    offered,
    offered_before,
    answered,
    answered_before,
    1E2 * abandoned / nullif(offered, 0) AS abandonment_rate,
    1E2 * abandoned_before / nullif(offered_before, 0) AS abandonment_rate_before,
    1E2 * in_target / nullif(answered + abandoned, 0) AS service_level,
    1E2 * in_target_before / nullif(answered_before + abandoned_before, 0) AS service_level_before,
    1E0 * waited / nullif(answered, 0) AS average_speed_of_answer_seconds,
    1E0 * waited_before / nullif(answered_before, 0) AS average_speed_of_answer_seconds_before,
    1E0 * handled / nullif(answered, 0) AS average_handle_time_seconds,
    1E0 * handled_before / nullif(answered_before, 0) AS average_handle_time_seconds_before,
    1E2 * satisfied / nullif(answers, 0) AS csat_percent,
    1E2 * satisfied_before / nullif(answers_before, 0) AS csat_percent_before
FROM sums
ORDER BY scope DESC, key
