namespace Kinora.Server.Lab;

/// <summary>One request to a shape, accepted or not.</summary>
/// <param name="Key">Fingerprint of the key it came with; null when there was none.</param>
internal sealed record LabRequest(DateTimeOffset Time, string Method, string Path, string? Key, string? Range, string? IfRange);

/// <summary>The last requests, in order. Safe from any thread.</summary>
internal sealed class LabTraffic
{
    private const int Kept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LabRequest> _requests = new();

    public IReadOnlyList<LabRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public void Note(HttpContext context, DateTimeOffset now)
    {
        var headers = context.Request.Headers;
        var request = new LabRequest(
            now,
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            LabLedger.Fingerprint(KeyOf(context)),
            headers.Range.FirstOrDefault(),
            headers.IfRange.FirstOrDefault());
        lock (_gate)
        {
            _requests.Enqueue(request);
            if (_requests.Count > Kept)
            {
                _requests.Dequeue();
            }
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    /// <summary>The key of a request, wherever a provider of the lab takes it; null when there is none.</summary>
    public static string? KeyOf(HttpContext context)
    {
        var value = context.Request.Headers.Authorization.FirstOrDefault() ?? context.Request.Headers["x-goog-api-key"].FirstOrDefault();
        return value is null ? null : value[(value.LastIndexOf(' ') + 1)..];
    }
}
