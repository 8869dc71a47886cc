using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Tests.Folders;
using Microsoft.Win32.SafeHandles;

/// <summary>
/// Asks a root for every hostile name: through the sandbox, and beneath the rule of names. For a process of an unprivileged user, as a broken
/// sandbox would write anywhere.
/// </summary>
internal static class HostileNames
{
    /// <returns>0: nothing was opened or made outside the root; every such file is printed.</returns>
    public static async Task<int> RunAsync(string path)
    {
        if (Environment.IsPrivilegedProcess || CanWrite("/"))
        {
            Console.WriteLine("no jail");
            return 3;
        }

        var safe = new SafeRoot(path, new FolderFaults("video folder", "Folders:Videos"));
        var outside = 0;
        foreach (var (_, name) in HostilePaths.All)
        {
            outside += Count(name, await ThroughAsync(safe, name), path);
        }

        using var root = FolderHandle.OpenRoot(path);
        foreach (var (_, name) in HostilePaths.All)
        {
            outside += Count(name, Beneath(() => root.OpenFile(name)), path) + Count(name, Beneath(() => root.CreateFile(name)), path);
        }

        return outside;
    }

    private static async Task<string?> ThroughAsync(SafeRoot root, string name)
    {
        try
        {
            var saved = await root.SaveAsync(name, (file, cancel) => file.WriteAsync("text"u8.ToArray(), cancel).AsTask(), overwrite: true, CancellationToken.None);
            Console.WriteLine("saved " + saved.Name);
            var opened = await root.OpenAsync(name, CancellationToken.None);
            await using var content = (FileStream)opened.Content;
            return Where(content.SafeFileHandle);
        }
        catch (KinoraException)
        {
            return null;
        }
    }

    private static string? Beneath(Func<SafeFileHandle> open)
    {
        try
        {
            using var handle = open();
            return Where(handle);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Where(SafeFileHandle handle) => new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget!;

    private static int Count(string name, string? opened, string root)
    {
        if (opened is null || opened == root || opened.StartsWith(root + "/", StringComparison.Ordinal))
        {
            return 0;
        }

        Console.WriteLine($"ESCAPED {name} -> {opened}");
        return 1;
    }

    private static bool CanWrite(string folder)
    {
        try
        {
            File.Create(Path.Combine(folder, "kinora-jail-proof"), 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
