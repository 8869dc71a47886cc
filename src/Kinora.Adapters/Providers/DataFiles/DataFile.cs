using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Kinora.Adapters.Providers.DataFiles;

/// <summary>Files of one form that hold facts about providers: those that come with the program, and the operator's own.</summary>
/// <param name="read">Makes what such a file says; its name without ending comes second. What is wrong is told to the node.</param>
internal sealed class DataFile<T>(Func<DataNode, string, T> read)
    where T : class
{
    /// <summary>The most a file may weigh, in bytes.</summary>
    private const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions _json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    // Creating a provider reads no files: the check of its settings has read them.
    private readonly ConcurrentDictionary<string, T> _read = new(StringComparer.Ordinal);

    /// <summary>One that comes with the program; it is right, as tests see to.</summary>
    /// <param name="resource">As the project file names it: <c>relay/juxin.json</c>.</param>
    public T BuiltIn(string resource) => _read.GetOrAdd(resource, name =>
    {
        var faults = new List<string>();
        return Parse(Resource(name), Path.GetFileNameWithoutExtension(name), name, faults) ?? throw new InvalidDataException(string.Join(' ', faults));
    });

    /// <summary>One of the operator's; null with faults that name the setting, and the field of the file.</summary>
    /// <param name="setting">The setting that names it.</param>
    /// <param name="afresh">Reads it again.</param>
    public T? Own(string path, string setting, bool afresh, ICollection<string> faults)
    {
        if (path.Trim().Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add($"{setting} is no path of a file.");
            return null;
        }

        var full = Path.GetFullPath(path);
        if (!afresh && _read.TryGetValue(full, out var known))
        {
            return known;
        }

        try
        {
            if (new FileInfo(full) is not { Exists: true, Length: <= MaxBytes } file)
            {
                faults.Add($"{setting}: {(File.Exists(full) ? FormattableString.Invariant($"such a file has at most {MaxBytes:N0} bytes") : "there is no such file")}.");
                return null;
            }

            var found = Parse(File.ReadAllBytes(full), Path.GetFileNameWithoutExtension(full), $"{setting} ({file.Name})", faults);
            if (found is not null)
            {
                _read[full] = found;
            }

            return found;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{setting}: the file cannot be read.");
            return null;
        }
    }

    /// <summary>What the bytes of such a file say; null with faults.</summary>
    /// <param name="name">Of the file, without ending.</param>
    /// <param name="said">What faults begin with.</param>
    public T? Parse(byte[] bytes, string name, string said, ICollection<string> faults)
    {
        var found = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(DataFile.Start(bytes)), _json);
            var value = read(new DataNode(document.RootElement.Clone(), "", found), name);
            if (found.Count == 0)
            {
                return value;
            }
        }
        catch (JsonException fault)
        {
            // The parser's own text quotes the file.
            found.Add(fault.LineNumber is { } line ? FormattableString.Invariant($"it is no JSON; line {line + 1} is wrong.") : "a field stands twice in an object of it.");
        }
        catch (InvalidOperationException)
        {
            found.Add("a text in it is not valid Unicode.");
        }

        foreach (var fault in found)
        {
            faults.Add($"{said}: {fault}");
        }

        return null;
    }

    private static byte[] Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

internal static class DataFile
{
    /// <summary>Where the text begins: some editors put a mark of the encoding before it.</summary>
    public static int Start(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
}
