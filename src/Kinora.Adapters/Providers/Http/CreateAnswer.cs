using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// Which of the six outcomes an answer to a create is. The rule behind every line: "sent again by itself" only when
/// surely no job was made, "refused" only when the status or the provider's own words say no, else "unknown".
/// </summary>
internal sealed class CreateAnswer(string name, Redactor redactor, TimeProvider clock)
{
    public SubmitOutcome Class(ApiReply reply, Func<ApiReply, SubmitOutcome?> read) => reply.Code switch
    {
        >= 200 and < 300 => Good(reply, read),
        301 or 307 or 308 => new SubmitOutcome.Refused(ErrorCodes.ProviderRefused, $"{name} has moved: it answered HTTP {reply.Code}. Set its BaseUrl to the new address."),
        429 => TooMany(reply),
        // 408, 409, 425 and 499 tell of time and order, not of the request: the job may exist. All other 4xx say no, whoever on the way says it.
        409 when ProviderError.Read(reply) is not null => No(reply),
        408 or 409 or 425 or 499 => Unknown(reply),
        >= 400 and < 500 => No(reply),
        _ => Unknown(reply),
    };

    // A 2xx without an id but with an error in a provider's own form is a refusal: relays answer so (QuantumNous/new-api, read 2026-11-21).
    private SubmitOutcome Good(ApiReply reply, Func<ApiReply, SubmitOutcome?> read)
    {
        if (!reply.IsJson)
        {
            return Unknown(reply);
        }

        return read(reply) ?? (ProviderError.Read(reply) is { Stated: true } ? No(reply) : Unknown(reply));
    }

    private SubmitOutcome TooMany(ApiReply reply)
    {
        if ((ProviderError.Read(reply) ?? ProviderError.None).ToCode("") == ErrorCodes.ProviderQuota)
        {
            return No(reply);
        }

        // A page is a proxy's: it may stand behind the provider's own door as well as before it.
        return reply.IsPage || !reply.Whole
            ? Unknown(reply)
            : new SubmitOutcome.NotSent($"{name} is busy: {Faults.Say(reply, redactor)}.", RetryAfter.Read(reply.Headers, clock));
    }

    // A key that is not accepted (401) is the operator's matter and waits for him; what a good key may not do (403) is an answer.
    private SubmitOutcome No(ApiReply reply)
    {
        var error = ProviderError.Read(reply) ?? ProviderError.None;
        return reply.Code == 401 || error.IsAboutTheKey
            ? new SubmitOutcome.NotAllowed($"{name} does not accept the key ({Faults.Say(reply, redactor)}).")
            : new SubmitOutcome.Refused(
                error.ToCode(reply.Code switch
                {
                    403 => ErrorCodes.ProviderNotAllowed,
                    402 => ErrorCodes.ProviderQuota,
                    410 => ErrorCodes.ProviderGone,
                    _ => ErrorCodes.ProviderRefused,
                }),
                $"{name} refused: {Faults.Say(reply, redactor)}.");
    }

    private SubmitOutcome.Unknown Unknown(ApiReply reply) =>
        new($"{name} was sent the request and answered {Faults.Say(reply, redactor)}, which does not tell whether it made a job.");
}
