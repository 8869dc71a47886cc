using System.Formats.Tar;
using System.Text.Json;
using Kinora.Errors;

namespace Kinora.Adapters.Backups;

/// <summary>A backup to be read: a folder, or one tar file. Nothing of it is believed that its manifest does not prove.</summary>
internal sealed class BackupSource
{
    private readonly string _path;

    private BackupSource(string path, BackupManifest manifest)
    {
        _path = path;
        Manifest = manifest;
    }

    public BackupManifest Manifest { get; }

    /// <exception cref="KinoraException"><c>file_not_found</c>; <c>storage_damaged</c>: it is no backup, or not a whole one.</exception>
    public static async Task<BackupSource> OpenAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new KinoraException(ErrorCodes.FileNotFound, "There is no backup of that name.");
        }

        BackupManifest? manifest = null;
        try
        {
            await EachAsync(path, name => name == BackupManifest.FileName, async (_, content) =>
                manifest = await JsonSerializer.DeserializeAsync(content, BackupJson.Default.BackupManifest, cancel), cancel);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or EndOfStreamException)
        {
            throw Damaged("its manifest cannot be read", fault);
        }

        return manifest switch
        {
            null => throw Damaged("it has no manifest, so it was not written to its end"),
            { Format: > 1 } => throw new KinoraException(ErrorCodes.StorageDamaged, $"The backup was written by a newer Kinora ({manifest.Kinora}). Update Kinora first."),
            _ when manifest.Files.FirstOrDefault(f => !BackupNames.IsAllowed(f.Name)) is { } odd => throw Damaged($"it names a file that is none of Kinora's ({odd.Name.Length} characters)"),
            _ => new BackupSource(path, manifest),
        };
    }

    /// <summary>Reads the wanted files once, in the order of the backup, and proves each: <paramref name="take"/> must read its stream to the end.</summary>
    /// <exception cref="KinoraException"><c>storage_damaged</c>: a hash differs, or a file is not there.</exception>
    public async Task ReadAsync(Func<string, bool> wanted, Func<BackupEntry, Stream, Task> take, CancellationToken cancel)
    {
        var left = Manifest.Files.Where(f => wanted(f.Name)).ToDictionary(f => f.Name, StringComparer.Ordinal);
        try
        {
            await EachAsync(_path, left.ContainsKey, async (name, content) =>
            {
                left.Remove(name, out var entry);
                await using var hashed = new HashedStream(content, content.Length);
                await take(entry!, hashed);
                if (hashed.Position != entry!.Bytes || hashed.Sha256() != entry.Sha256)
                {
                    throw Damaged($"{name} is not what was backed up");
                }
            }, cancel);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw Damaged("it ends in the middle", fault);
        }

        if (left.Count > 0)
        {
            throw Damaged($"{left.Count} of its files are not there, such as {left.Keys.Order(StringComparer.Ordinal).First()}");
        }
    }

    private static async Task EachAsync(string path, Func<string, bool> wanted, Func<string, Stream, Task> take, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(path, file);
                if (wanted(name))
                {
                    await using var content = File.OpenRead(file);
                    await take(name, content);
                }
            }

            return;
        }

        await using var stream = File.OpenRead(path);
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && wanted(entry.Name))
            {
                await take(entry.Name, entry.DataStream ?? Stream.Null);
            }
        }
    }

    public static KinoraException Damaged(string what, Exception? inner = null) =>
        new(ErrorCodes.StorageDamaged, $"This is no whole backup: {what}. Nothing can be restored from it.", inner?.Message, inner);
}
