using Kinora.Assets;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;

namespace Kinora.Tests.Fakes;

/// <summary>Plain files in a test's folder.</summary>
internal sealed class FakeAssets(string root) : IAssetStore
{
    /// <summary>Free room to tell.</summary>
    public long Free { get; set; } = long.MaxValue;

    public Func<Asset, Task>? OnAdopt { get; set; }

    /// <summary>Whoever asks for an input meets it.</summary>
    public Action? OnInput { get; set; }

    public Action<JobId>? OnClearWork { get; set; }

    public Func<JobId, string>? OnWorkFolder { get; set; }

    /// <summary>Scratch files that every machine sees.</summary>
    public Dictionary<(JobId Job, string Name), byte[]> Shared { get; } = [];

    public string WorkFolder(JobId job) => OnWorkFolder?.Invoke(job) ?? Directory.CreateDirectory(Path.Combine(root, "work", job.Hex)).FullName;

    public async Task AdoptAsync(string workFile, Asset asset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (OnAdopt is { } act)
        {
            await act(asset);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(asset))!);
        File.Copy(workFile, PathOf(asset), overwrite: true);
    }

    public Task<Stream> OpenAsync(Asset asset, CancellationToken cancel) => Task.FromResult<Stream>(File.OpenRead(PathOf(asset)));

    public Task<string> LocalPathAsync(Asset asset, CancellationToken cancel) => Task.FromResult(PathOf(asset));

    public Task<bool> ExistsAsync(Asset asset, CancellationToken cancel) => Task.FromResult(File.Exists(PathOf(asset)));

    public Task DeleteAsync(JobId job, CancellationToken cancel)
    {
        ClearWork(job);
        Remove(Path.Combine(root, "assets", job.Hex));
        return Task.CompletedTask;
    }

    public void ClearWork(JobId job)
    {
        OnClearWork?.Invoke(job);
        Remove(Path.Combine(root, "work", job.Hex));
    }

    public Task ShareWorkAsync(JobId job, IReadOnlyList<string> files, CancellationToken cancel)
    {
        foreach (var name in files)
        {
            Shared[(job, name)] = File.ReadAllBytes(Path.Combine(WorkFolder(job), name));
        }

        return Task.CompletedTask;
    }

    public Task<bool> FetchWorkAsync(JobId job, CancellationToken cancel)
    {
        var missing = Shared.Where(file => file.Key.Job == job && !File.Exists(Path.Combine(WorkFolder(job), file.Key.Name))).ToList();
        foreach (var file in missing)
        {
            File.WriteAllBytes(Path.Combine(WorkFolder(job), file.Key.Name), file.Value);
        }

        return Task.FromResult(missing.Count > 0);
    }

    public Task UnshareWorkAsync(JobId job, CancellationToken cancel)
    {
        foreach (var file in Shared.Keys.Where(file => file.Job == job).ToList())
        {
            Shared.Remove(file);
        }

        return Task.CompletedTask;
    }

    public async Task<InputImage> PutInputAsync(string workFile, CleanImage picture, CancellationToken cancel)
    {
        var (_, hash) = await FileHash.OfAsync(workFile, cancel);
        Directory.CreateDirectory(Path.Combine(root, "inputs"));
        File.Copy(workFile, Path.Combine(root, "inputs", hash), overwrite: true);
        return new InputImage(hash, picture.MimeType, picture.Width, picture.Height, picture.Alpha);
    }

    public Task<string> PathAsync(InputImage image, CancellationToken cancel)
    {
        OnInput?.Invoke();
        return Task.FromResult(Path.Combine(root, "inputs", image.Sha256));
    }

    public Task PutInputVideoAsync(string file, InputVideo video, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(root, "inputs"));
        File.Copy(file, Path.Combine(root, "inputs", video.Sha256), overwrite: true);
        return Task.CompletedTask;
    }

    public Task<string> PathAsync(InputVideo video, CancellationToken cancel) => Task.FromResult(Path.Combine(root, "inputs", video.Sha256));

    public IReadOnlyList<WorkFolderInfo> ListWork() => throw new InvalidOperationException("Not part of these tests.");

    public Task SweepAsync(CancellationToken cancel) => Task.CompletedTask;

    public Task CheckAsync(CancellationToken cancel) => Task.CompletedTask;

    public long FreeBytes() => Free;

    public string PathOf(Asset asset) => Path.Combine(root, "assets", asset.JobId.Hex, asset.FileName);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
