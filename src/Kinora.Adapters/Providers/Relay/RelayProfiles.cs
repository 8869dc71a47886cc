using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Relay;

/// <summary>The profiles that come with the program, and those of the operator.</summary>
internal static class RelayProfiles
{
    private const string Prefix = "relay/";
    private const string Suffix = ".json";

    /// <summary>The most a profile file may weigh, in bytes.</summary>
    private const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions _json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // Creating a provider reads no files: the check of its settings has read them.
    private static readonly ConcurrentDictionary<string, RelayProfile> _read = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The profile that settings name; null with faults that name the setting, and the field of the file.</summary>
    /// <param name="usual">The profile where none is named; null: one must be.</param>
    /// <param name="afresh">Reads an operator's file again.</param>
    public static RelayProfile? Of(ProviderSettings settings, string? usual, bool afresh, ICollection<string> faults)
    {
        var prefix = $"Providers:{settings.Name}:";
        var (name, file) = (settings.Extra.GetValueOrDefault("Profile"), settings.Extra.GetValueOrDefault("ProfileFile"));
        if (name is not null && file is not null)
        {
            faults.Add($"{prefix}Profile and ProfileFile: set only one of them.");
            return null;
        }

        if (file is not null)
        {
            return FromFile(file, $"{prefix}ProfileFile", afresh, faults);
        }

        name ??= usual;
        if (name is null || !BuiltIn.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"{prefix}Profile {(name is null ? "is missing" : "names no profile")}: one of {string.Join(", ", BuiltIn)}, or set ProfileFile.");
            return null;
        }

        return _read.GetOrAdd(Prefix + name.ToLowerInvariant(), resource => Parse(Resource(resource + Suffix), name.ToLowerInvariant(), name, faults)!);
    }

    private static RelayProfile? FromFile(string path, string setting, bool afresh, ICollection<string> faults)
    {
        var full = Path.GetFullPath(path);
        if (!afresh && _read.TryGetValue(full, out var known))
        {
            return known;
        }

        try
        {
            if (new FileInfo(full) is not { Exists: true, Length: <= MaxBytes } file)
            {
                faults.Add($"{setting}: {(File.Exists(full) ? FormattableString.Invariant($"a profile has at most {MaxBytes:N0} bytes") : "there is no such file")}.");
                return null;
            }

            var profile = Parse(File.ReadAllBytes(full), Path.GetFileNameWithoutExtension(full), $"{setting} ({file.Name})", faults);
            if (profile is not null)
            {
                _read[full] = profile;
            }

            return profile;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{setting}: the file cannot be read.");
            return null;
        }
    }

    /// <param name="said">What faults begin with.</param>
    private static RelayProfile? Parse(byte[] bytes, string name, string said, ICollection<string> faults)
    {
        var found = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), _json);
            var profile = ProfileReader.Read(new ProfileNode(document.RootElement.Clone(), "", found), name);
            if (found.Count == 0)
            {
                return profile;
            }
        }
        catch (JsonException fault)
        {
            // The parser's own text quotes the file.
            found.Add(FormattableString.Invariant($"it is no JSON; line {fault.LineNumber + 1} is wrong."));
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
