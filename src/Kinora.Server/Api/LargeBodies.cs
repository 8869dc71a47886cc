namespace Kinora.Server.Api;

/// <summary>
/// Large bodies, two at a time: text with a picture in it is several times as large in memory as on the wire. Until it is its turn a body lies on disk, so that neither many
/// of them nor slow senders fill the memory or keep others waiting.
/// </summary>
internal sealed class LargeBodies : IDisposable
{
    /// <summary>Bytes of a body, or a field of it, that is read as it comes.</summary>
    public const long Small = 1 << 20;

    private readonly SemaphoreSlim _turns = new(2);

    /// <summary>Makes a large body ready to be read.</summary>
    /// <returns>The turn, to be disposed of when nothing of the body is needed any more; null for a small one.</returns>
    public async Task<Turn?> TakeAsync(HttpRequest request, ScratchFiles scratch)
    {
        if (request.ContentLength <= Small)
        {
            return null;
        }

        var cancel = request.HttpContext.RequestAborted;
        var file = new FileStream(scratch.NewPath("body"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 << 10, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        request.HttpContext.Response.RegisterForDispose(file);
        await request.Body.CopyToAsync(file, cancel);
        file.Position = 0;
        request.Body = file;
        if (file.Length <= Small)
        {
            return null;
        }

        await _turns.WaitAsync(cancel);
        return new Turn(_turns);
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>The right to hold a large body in memory.</summary>
    public sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        /// <summary>Characters of text that the collector may be left alone with.</summary>
        private const int MuchText = 4 << 20;

        private bool _much;
        private int _over;

        /// <summary>A text was read; files go to the disk and count for nothing.</summary>
        public void Note(long characters) => _much |= characters > MuchText;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
            {
                if (_much)
                {
                    // Left to itself the collector lets some gigabytes of such texts gather before it looks (measured); the next turn waits these milliseconds instead.
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true);
                }

                turns.Release();
            }
        }
    }
}
