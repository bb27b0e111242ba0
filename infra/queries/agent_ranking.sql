-- Agents by what their customers say, with the number of answers and the 95 % interval (Wilson) beside each share, and
-- handle time with its 95 % interval (normal). Ranked by the lower end, so that a few lucky answers rank nobody first.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/newest.sql
handled AS (
    SELECT
        agent,
        waited_seconds,
        CAST(talked_seconds + held_seconds + wrapped_seconds AS double) AS handle_seconds,
        survey_score,
        transferred
    FROM newest
    WHERE agent IS NOT NULL AND answered_at IS NOT NULL
        AND initiation_method IN ('INBOUND', 'API', 'WEBRTC_API', 'TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK')
        AND CAST(CAST(at_timezone(with_timezone(answered_at, 'UTC'), :time_zone) AS timestamp) AS date)
            BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
),
sums AS (
    SELECT
        agent,
        count(*) AS answered,
        avg(handle_seconds) AS average_handle_time_seconds,
        CASE WHEN count(*) > 1 THEN 1.96E0 * stddev_samp(handle_seconds) / sqrt(CAST(count(*) AS double)) END AS margin,
        1E0 * sum(waited_seconds) / count(*) AS average_speed_of_answer_seconds,
        1E2 * sum(CASE WHEN transferred THEN 1 ELSE 0 END) / count(*) AS transferred_percent,
        CAST(count(survey_score) AS double) AS answers,
        CAST(sum(CASE WHEN survey_score >= 4 THEN 1 ELSE 0 END) AS double) AS satisfied
    FROM handled
    GROUP BY agent
),
shares AS (
    -- Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference".
    SELECT
        sums.*,
        satisfied / nullif(answers, 0E0) AS share,
        1E0 + 3.8416E0 / nullif(answers, 0E0) AS divisor
    FROM sums
),
intervals AS (
    SELECT
        shares.*,
        (share + 1.9208E0 / answers) / divisor AS middle,
        1.96E0 * sqrt(share * (1E0 - share) / answers + 0.9604E0 / (answers * answers)) / divisor AS reach
    FROM shares
)
SELECT
    CASE WHEN answers > 0E0 THEN rank() OVER (ORDER BY middle - reach DESC NULLS LAST) END AS place,
    agent,
    answered,
    CAST(answers AS bigint) AS survey_answers,
    1E2 * share AS csat_percent,
    1E2 * greatest(0E0, middle - reach) AS csat_low,
    1E2 * least(1E0, middle + reach) AS csat_high,
    average_handle_time_seconds,
    average_handle_time_seconds - margin AS handle_low,
    average_handle_time_seconds + margin AS handle_high,
    average_speed_of_answer_seconds,
    transferred_percent
FROM intervals
ORDER BY place NULLS LAST, agent
