namespace Kinora.Server.Lab;

/// <summary>One request to a shape, accepted or not.</summary>
/// <param name="Key">Fingerprint of the key it came with; null when there was none.</param>
internal sealed record LabRequest(DateTimeOffset Time, string Method, string Path, string? Key, string? Range, string? IfRange);

/// <summary>The last requests, in order. Safe from any thread.</summary>
internal sealed class LabTraffic
{
    /// <summary>Where keys are looked for.</summary>
    public static readonly string[] KeyHeaders = ["Authorization", "x-goog-api-key", "api-key"];

    private const int Kept = 10_000;
    private const int KeptWhole = 200;

    private readonly Lock _gate = new();
    private readonly Queue<LabRequest> _requests = new();
    private readonly Queue<LabSent> _sent = new();
    private int _open;

    /// <summary>The most requests that were open at one moment.</summary>
    public int MostAtOnce { get; private set; }

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

    /// <summary>The last of them in full, for comparing clients.</summary>
    public IReadOnlyList<LabSent> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
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
        var sent = LabSent.Of(context);
        lock (_gate)
        {
            _requests.Enqueue(request);
            _sent.Enqueue(sent);
            if (_requests.Count > Kept)
            {
                _requests.Dequeue();
            }

            if (_sent.Count > KeptWhole)
            {
                _sent.Dequeue();
            }
        }
    }

    /// <summary>Counts a request as open until it is disposed.</summary>
    public IDisposable Open()
    {
        lock (_gate)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_open);
        }

        return new OpenRequest(this);
    }

    public void Reset()
    {
        lock (_gate)
        {
            MostAtOnce = _open;
            _requests.Clear();
            _sent.Clear();
        }
    }

    /// <summary>The key of a request, wherever a provider of the lab takes it; null when there is none.</summary>
    public static string? KeyOf(HttpContext context)
    {
        var value = KeyHeaders.Select(name => context.Request.Headers[name].FirstOrDefault()).FirstOrDefault(value => value is not null);
        return value is null ? null : value[(value.LastIndexOf(' ') + 1)..];
    }

    private void Close()
    {
        lock (_gate)
        {
            _open--;
        }
    }

    private sealed class OpenRequest(LabTraffic traffic) : IDisposable
    {
        public void Dispose() => traffic.Close();
    }
}
