namespace Kinora.Health;

/// <summary>
/// How providers answer, shared by all processes of one data folder. Only faults and recoveries are written, so that a healthy provider costs nothing.
/// It survives any death of the process; a power cut may lose the last change, which does no harm.
/// </summary>
public interface IHealthStore
{
    /// <summary>What is known, in no particular order; a provider that never failed is not in it.</summary>
    Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancel);

    /// <summary>Reads, changes and writes in one transaction, so that of two processes at once none overwrites the other. Returns what is stored now.</summary>
    /// <param name="change">Only computes, and may be run again. Nothing is written when it returns what it was given.</param>
    Task<ProviderHealth> ChangeAsync(string provider, Func<ProviderHealth, ProviderHealth> change, CancellationToken cancel);
}
