-- Amazon Connect's own historical view: contacts by the day and hour, on the centre's clock, in which they ended.
-- It differs from the counters by arrival for contacts that last past the hour.
WITH delivered AS (
    SELECT * FROM contacts
    -- Nothing is delivered before it happened, and any time afterwards it may be corrected.
    WHERE day >= CAST(CAST(CAST(:from_day AS date) - INTERVAL '1' DAY AS date) AS varchar)
),
-- include parts/newest.sql
ended AS (
    SELECT
        newest.*,
        CAST(at_timezone(with_timezone(disconnected_at, 'UTC'), :time_zone) AS timestamp) AS ended_local,
        CASE WHEN agent IS NOT NULL AND answered_at IS NOT NULL THEN 1 ELSE 0 END AS handled
    FROM newest
    WHERE disconnected_at IS NOT NULL
        AND initiation_method IN ('INBOUND', 'API', 'WEBRTC_API', 'TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK')
),
asked AS (
    SELECT * FROM ended
    WHERE CAST(ended_local AS date) BETWEEN CAST(:from_day AS date) AND CAST(:to_day AS date)
)
SELECT
    CAST(ended_local AS date) AS ended_on,
    hour(ended_local) AS hour,
    coalesce(queue, '-') AS queue,
    channel,
    count(*) AS contacts,
    sum(handled) AS handled,
    sum(CASE WHEN outcome = 'abandoned' THEN 1 ELSE 0 END) AS abandoned,
    1E0 * sum(handled * waited_seconds) / nullif(sum(handled), 0) AS average_speed_of_answer_seconds,
    1E0 * sum(handled * (talked_seconds + held_seconds + wrapped_seconds)) / nullif(sum(handled), 0)
        AS average_handle_time_seconds
FROM asked
GROUP BY CAST(ended_local AS date), hour(ended_local), coalesce(queue, '-'), channel
ORDER BY ended_on, hour, queue, channel
