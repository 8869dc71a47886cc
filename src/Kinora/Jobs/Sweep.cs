using Kinora.Assets;

namespace Kinora.Jobs;

/// <summary>Removes what killed processes left behind: files of deleted jobs, scratch of jobs at their end, and scratch that belongs to no job.</summary>
public sealed class Sweep(IJobStore store, IAssetStore assets, TimeProvider time)
{
    private const int Batch = 1_000;

    /// <summary>Scratch of no job may be that of a picture just being imported; older than this it is nobody's.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(5);

    /// <summary>Safe beside running workers: what belongs to open jobs is left alone. Costs one small query, a look at the scratch folder, and what the store takes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var folder in assets.ListWork())
        {
            var job = await store.GetAsync(folder.Job, owner: null, cancel);
            if (job is { Status: JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled }
                || (job is null && time.GetUtcNow() - folder.ChangedAt > Abandoned))
            {
                assets.ClearWork(folder.Job);
            }
        }

        await PurgeAsync(cancel);
    }

    /// <summary>The part that is safe at any time, however long the process has run: files of deleted jobs, and what the store itself has left over.</summary>
    public async Task PurgeAsync(CancellationToken cancel)
    {
        foreach (var id in await store.UnpurgedAsync(Batch, cancel))
        {
            await assets.DeleteAsync(id, cancel);
            await store.MarkPurgedAsync(id, cancel);
        }

        await assets.SweepAsync(cancel);
    }
}
