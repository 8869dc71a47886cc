using System.Diagnostics.CodeAnalysis;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// Speaks to one provider's API and turns whatever comes back, or does not, into an outcome. A provider folder only says how a good
/// answer reads.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    /// <summary>The most an answer may weigh, in bytes.</summary>
    public const int AnswerCap = 1024 * 1024;

    private readonly string _name;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _askTimeout;
    private readonly HttpClient _creates;
    private readonly HttpClient _asks;

    /// <param name="name">The provider's configured name, for texts.</param>
    /// <param name="askTimeout">How long a look, list or delete may take. Creates have the engine's own deadline.</param>
    public ApiClient(string name, Endpoint endpoint, TimeProvider clock, TimeSpan askTimeout)
    {
        _name = name;
        _clock = clock;
        _askTimeout = askTimeout;
        Endpoint = endpoint;
        Redactor = new Redactor(endpoint.ApiKey);
        _creates = Transports.ForCreates(endpoint);
        _asks = Transports.ForAsks(endpoint);
    }

    public Endpoint Endpoint { get; }

    public Redactor Redactor { get; }

    /// <summary>Sends the one request that may cost money, at most once.</summary>
    /// <param name="read">Reads an answer with a 2xx status; null when it proves nothing.</param>
    /// <param name="cap">More than <see cref="AnswerCap"/> only where a provider answers with the result itself.</param>
    [SuppressMessage("Design", "CA1031", Justification = "whatever happens once the body is on its way is 'unknown', or money is lost")]
    public async Task<SubmitOutcome> CreateAsync(
        HttpRequestMessage request, Func<ApiReply, SubmitOutcome?> read, CancellationToken deadline, int cap = AnswerCap)
    {
        var body = new OnceContent(request.Content ?? new ByteArrayContent([]));
        request.Content = body;
        Endpoint.Authorize(request);
        var trace = CallTrace.Begin(_name, "create");
        try
        {
            using var response = await _creates.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline);
            CrashPoints.Hit(CrashPoints.ReplyNotRead);
            var reply = await ApiReply.ReadAsync(response, cap, deadline);
            trace.Answered(reply.Code);
            return new CreateAnswer(_name, Redactor, _clock).Class(reply, read);
        }
        catch (Exception fault)
        {
            trace.Failed(body.Begun ? "no_answer" : "not_sent");
            return body.Begun
                ? new SubmitOutcome.Unknown($"{_name} was sent the request, and then {Faults.Describe(fault)}.")
                : new SubmitOutcome.NotSent($"{_name}: {Faults.Describe(fault)}.");
        }
    }

    /// <summary>Looks at a job.</summary>
    /// <param name="read">Reads an answer with a 2xx status; null when it makes no sense.</param>
    /// <param name="seen">Sees every answer before it is judged.</param>
    /// <param name="cap">As for <see cref="CreateAsync"/>.</param>
    public async Task<CheckOutcome> CheckAsync(
        HttpRequestMessage request, Func<ApiReply, CheckOutcome?> read, CancellationToken cancel, Action<ApiReply>? seen = null, int cap = AnswerCap)
    {
        var (reply, fault) = await AskAsync(request, cancel, cap);
        if (reply is null)
        {
            return new CheckOutcome.Unreachable($"{_name} could not be asked: {fault}.");
        }

        seen?.Invoke(reply);
        var wait = RetryAfter.Read(reply.Headers, _clock);
        return reply.Code switch
        {
            // xAI's "not yet".
            202 when reply is { Whole: true, Body.Length: 0 } => new CheckOutcome.Running(null, "202", RetryAfter.NextLook(reply.Headers, _clock)),
            >= 200 and < 300 => (reply.IsJson ? read(reply) : null) ?? new CheckOutcome.Unreachable($"{_name} gave an answer that makes no sense ({Say(reply)}).", wait),
            401 or 403 when !reply.IsPage => new CheckOutcome.NotAllowed($"{_name} does not accept the key: {Say(reply)}."),
            404 or 410 when !reply.IsPage => new CheckOutcome.Missing($"{_name} does not know the job: {Say(reply)}."),
            _ => new CheckOutcome.Unreachable($"{_name} answered {Say(reply)}.", wait),
        };
    }

    /// <summary>Asks for a page of a list of jobs.</summary>
    /// <param name="read">Reads an answer with a 2xx status; null when it is no such page.</param>
    /// <returns>The page; without one, what that means for who searches it.</returns>
    public async Task<(T? Page, FindOutcome? Unread)> ListAsync<T>(HttpRequestMessage request, Func<ApiReply, T?> read, CancellationToken cancel, int cap = AnswerCap)
        where T : class
    {
        var (reply, fault) = await AskAsync(request, cancel, cap);
        return reply is { IsSuccess: true } && read(reply) is { } page ? (page, null) : (null, Unread(reply, fault));
    }

    /// <summary>What it means for a search that nothing could be read: a clear no says that there is no such list, all else may pass.</summary>
    public FindOutcome Unread(ApiReply? reply, string fault) => reply switch
    {
        null => new FindOutcome.Unreachable($"{_name} could not be asked: {fault}."),
        { IsPage: false, Code: >= 400 and < 500 and not (401 or 408 or 425 or 429) } => new FindOutcome.NotThere(),
        _ => new FindOutcome.Unreachable($"{_name} answered {Say(reply)}.", RetryAfter.Read(reply.Headers, _clock)),
    };

    /// <summary>Asks anything that costs nothing. No reply: the text says why. Throws only when <paramref name="cancel"/> fires.</summary>
    public async Task<(ApiReply? Reply, string Fault)> AskAsync(HttpRequestMessage request, CancellationToken cancel, int cap = AnswerCap)
    {
        Endpoint.Authorize(request);
        using var timeout = new CancellationTokenSource(_askTimeout, _clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        var trace = CallTrace.Begin(_name, "ask");
        try
        {
            using var response = await _asks.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var reply = await ApiReply.ReadAsync(response, cap, limit.Token);
            trace.Answered(reply.Code);
            return (reply, "");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            trace.Failed("no_answer");
            cancel.ThrowIfCancellationRequested();
            return (null, Faults.Describe(fault));
        }
    }

    /// <summary>"HTTP 400: their words", cleaned.</summary>
    public string Say(ApiReply reply) => Faults.Say(reply, Redactor);

    public void Dispose()
    {
        _creates.Dispose();
        _asks.Dispose();
    }
}
