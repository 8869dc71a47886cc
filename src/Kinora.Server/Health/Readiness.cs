using Kinora.Assets;
using Kinora.Folders;
using Kinora.Jobs;

namespace Kinora.Server.Health;

/// <summary>
/// Whether the server can do its work now, for whoever sends it requests: it is not stopping, the database answers, results can be written and have room, the
/// user folders are the ones it began with and can be written. Tells which of them fails and nothing more: anybody may ask, as often as he likes.
/// </summary>
internal sealed class Readiness
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    private readonly StopSignal _stop;
    private readonly TimeProvider _time;
    private readonly Part[] _parts;
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<string>>? _look;
    private long _lookedAt;

    public Readiness(IJobStore jobs, IAssetStore assets, UserFolders folders, StopSignal stop, TimeProvider time)
    {
        _stop = stop;
        _time = time;
        _parts =
        [
            // Not a count of anything: it must cost the same however many jobs there are.
            new Part("database", cancel => jobs.LastEventAsync(cancel)),
            new Part("storage", assets.CheckAsync),
            Folder("video folder", folders.Videos),
            Folder("reference folder", folders.References),
            Folder("workspace folder", folders.Workspace),
        ];
    }

    /// <summary>Names of the parts that fail; none when it is ready. At most a second old.</summary>
    public Task<IReadOnlyList<string>> FailingAsync()
    {
        if (_stop.HasBegun)
        {
            return Task.FromResult<IReadOnlyList<string>>(["stopping"]);
        }

        lock (_gate)
        {
            if (_look is null || (_look.IsCompleted && _time.GetElapsedTime(_lookedAt) >= Age))
            {
                _look = Task.Run(LookAsync);
            }

            return _look;
        }
    }

    private async Task<IReadOnlyList<string>> LookAsync()
    {
        var fine = await Task.WhenAll(_parts.Select(part => part.IsFineAsync(LongestLook)));
        _lookedAt = _time.GetTimestamp();
        return [.. _parts.Where((_, i) => !fine[i]).Select(part => part.Name)];
    }

    private static Part Folder(string name, IUserFolder folder) => new(name, _ =>
    {
        folder.Check();
        return Task.CompletedTask;
    });

    private sealed class Part(string name, Func<CancellationToken, Task> check)
    {
        private Task? _pending;

        public string Name => name;

        public async Task<bool> IsFineAsync(TimeSpan limit)
        {
            // A look that hangs, as on a shared disk that does not answer, is waited for by the next ones too: each of its own would take a thread for good.
            _pending ??= Task.Run(() => check(new CancellationTokenSource(limit).Token));
            try
            {
                await _pending.WaitAsync(limit);
                return true;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Which fault it is, doctor tells those who may know.
                return false;
            }
            finally
            {
                if (_pending.IsCompleted)
                {
                    _pending = null;
                }
            }
        }
    }
}
