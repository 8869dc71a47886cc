using System.Diagnostics;
using Kinora.Telemetry;

namespace Kinora.Adapters.Providers.Http;

/// <summary>One request to a provider, timed and traced where somebody listens. Tells no address: it may hold what is secret.</summary>
internal readonly struct CallTrace
{
    private readonly string _provider;
    private readonly string _call;
    private readonly long _begun;
    private readonly Activity? _activity;

    private CallTrace(string provider, string call)
    {
        _provider = provider;
        _call = call;
        _begun = Measures.ProviderCalls.Enabled ? Stopwatch.GetTimestamp() : 0;
        _activity = JobTrace.Source.HasListeners() ? JobTrace.Source.StartActivity("provider " + call, ActivityKind.Client) : null;
        _activity?.SetTag("kinora.provider", provider);
    }

    /// <param name="call"><c>create</c> or <c>ask</c>.</param>
    public static CallTrace Begin(string provider, string call) => new(provider, call);

    public void Answered(int status)
    {
        _activity?.SetTag("http.response.status_code", status);
        End(status switch { < 300 => "2xx", < 400 => "3xx", < 500 => "4xx", _ => "5xx" }, status >= 400);
    }

    /// <param name="outcome"><c>no_answer</c> or <c>not_sent</c>.</param>
    public void Failed(string outcome) => End(outcome, isError: true);

    private void End(string outcome, bool isError)
    {
        if (_begun != 0)
        {
            Measures.ProviderCalls.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, new("provider", _provider), new("call", _call), new("outcome", outcome));
        }

        if (isError)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, outcome);
        }

        _activity?.Dispose();
    }
}
