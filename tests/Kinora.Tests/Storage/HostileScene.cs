using System.Net.Sockets;
using System.Runtime.InteropServices;
using Kinora.Adapters.Storage;
using Kinora.Tests.Media;

namespace Kinora.Tests.Storage;

/// <summary>A root named <c>media</c> with everything in it that leads astray, and neighbours with a secret that must neither be read nor changed.</summary>
internal sealed partial class HostileScene : IDisposable
{
    public const string Secret = "the canary's secret";
    private readonly TempFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public HostileScene()
    {
        foreach (var folder in (string[])["media", "media-evil", "mediaX", "MEDIA", "media\u00ad-evil", "media/LOOP", "media/SWAPDIR"])
        {
            Directory.CreateDirectory(At(folder));
        }

        foreach (var file in (string[])["media-evil/secret.txt", "media-evil/x.txt", "mediaX/x", "MEDIA/x", "media\u00ad-evil/secret.txt", "secret.txt", "x"])
        {
            File.WriteAllText(At(file), Secret);
        }

        File.WriteAllText(At("media/ok.png"), "inside");
        File.WriteAllText(At("media/SWAPDIR/x.txt"), "inside");
        Directory.CreateSymbolicLink(At("media/LINKDIR"), At("media-evil"));
        Directory.CreateSymbolicLink(At("media/SWAPLINK"), At("media-evil"));
        Directory.CreateSymbolicLink(At("media/LOOP/a"), At("media/LOOP"));
        Directory.CreateSymbolicLink(At("media/SELF"), "SELF");
        Directory.CreateSymbolicLink(At("media/LINKTOROOT"), At("media"));
        Directory.CreateSymbolicLink(At("media/LINKTOPROC"), "/proc/self");
        File.CreateSymbolicLink(At("media/link.png"), At("media-evil/secret.txt"));
        File.CreateSymbolicLink(At("media/inner-link.png"), "ok.png");
        File.CreateSymbolicLink(At("media/dangling.png"), At("media-evil/new.png"));
        Directory.CreateDirectory(At("media/folder.png"));
        _socket.Bind(new UnixDomainSocketEndPoint(At("media/SOCKET.png")));
        _ = MakeNode(At("media/FIFO.png"), 0x1000 | 0x1B6, 0);
        // Only root can: 7:0 is the first loop device, which is not opened for writing here.
        HasDevice = MakeNode(At("media/BLOCKDEV"), 0x6000 | 0x1B6, 7 << 8) == 0;
    }

    public bool HasDevice { get; }

    public string Root => At("media");

    public SafeRoot NewRoot(string? path = null, long openCall = LinuxCalls.OpenAt2Number) =>
        new(path ?? Root, new FolderFaults("video folder", "Folders:Videos"), openCall);

    public string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>Everything outside the root, with its text.</summary>
    public IReadOnlyList<string> Outside() =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder.Path)
            .Where(path => path != Root) // not entered: some tests change it meanwhile
            .SelectMany(Walk)
            .Select(path => File.Exists(path) ? $"{path}: {File.ReadAllText(path)}" : path)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Lets any user write everywhere here, inside and outside the root alike: an escape must not fail for want of rights.</summary>
    public void OpenToAll()
    {
        foreach (var folder in Walk(_folder.Path).Where(Directory.Exists))
        {
            if (new DirectoryInfo(folder).LinkTarget is null)
            {
                File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
            }
        }
    }

    /// <summary>A path and all beneath it. The framework's own walk follows links to folders, and one leads to the whole system.</summary>
    private static IEnumerable<string> Walk(string path) =>
        Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null ? Directory.EnumerateFileSystemEntries(path).SelectMany(Walk).Prepend(path) : [path];

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mknod", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeNode(string path, uint mode, ulong device);
}
