using Kinora.Assets;
using Kinora.Jobs;

namespace Kinora.Adapters.Storage;

/// <summary>Scratch of jobs in <c>work/ab12…/</c> of the data folder: always on local disk, wherever results are kept.</summary>
internal sealed class ScratchFolders(string dataFolder)
{
    private readonly string _work = Path.Combine(dataFolder, "work");

    public string Ensure(JobId job) => PrivateFolder.Ensure(PathOf(job));

    public void Clear(JobId job) => RemoveTree(PathOf(job));

    public IReadOnlyList<WorkFolderInfo> List()
    {
        var found = new List<WorkFolderInfo>();
        foreach (var folder in new DirectoryInfo(_work) is { Exists: true } work ? work.EnumerateDirectories() : [])
        {
            if (JobId.TryParse(folder.Name, out var job))
            {
                found.Add(new WorkFolderInfo(job, folder.LastWriteTimeUtc));
            }
        }

        return found;
    }

    public static void RemoveTree(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already, or someone else was faster.
        }
    }

    private string PathOf(JobId job) => Path.Combine(_work, job.Hex);
}
