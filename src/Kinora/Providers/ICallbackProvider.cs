using Kinora.Jobs;

namespace Kinora.Providers;

/// <summary>
/// A provider that calls back when a job has got further. A call only makes the next look come sooner: what it says of the job is never believed. Looks alone
/// always suffice.
/// </summary>
public interface ICallbackProvider
{
    /// <summary>What a call means that came to a job's own <see cref="Submission.CallbackUrl"/>.</summary>
    ValueTask<CallbackVerdict> JudgeAsync(CallbackMessage message, CancellationToken cancel);
}

/// <summary>Where providers may call.</summary>
public interface ICallbackAddresses
{
    /// <summary>The address of one job, with a secret in its path; null where this server has no public address.</summary>
    Uri? Of(JobId job);
}

/// <summary>A call as it came in.</summary>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">Unchanged: signatures are over these bytes.</param>
public sealed record CallbackMessage(IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);

/// <summary>What a call is.</summary>
public abstract record CallbackVerdict
{
    private CallbackVerdict()
    {
    }

    /// <summary>Its signature is missing, wrong or old.</summary>
    public sealed record Forged : CallbackVerdict;

    /// <summary>The job has got further; look at it.</summary>
    public sealed record Look : CallbackVerdict;

    /// <summary>The provider tries the address out, and wants this JSON in answer.</summary>
    public sealed record Echo(string Json) : CallbackVerdict;
}
