numbered AS (
    -- Records come more than once, late and corrected: the newest version counts, and of one version the first.
    SELECT *, row_number() OVER (PARTITION BY contact_id ORDER BY version DESC, received_at) AS place
    FROM delivered
),
newest AS (
    SELECT
        numbered.*,
        initiation_method = 'CALLBACK' AS is_callback,
        initiation_method <> 'CALLBACK' AND queue IS NOT NULL AND enqueued_at IS NOT NULL AS is_queued,
        coalesce(wait_seconds, 0) AS waited_seconds,
        coalesce(talk_seconds, 0) AS talked_seconds,
        coalesce(hold_seconds, 0) AS held_seconds,
        coalesce(after_contact_seconds, 0) AS wrapped_seconds
    FROM numbered
    WHERE place = 1
),
