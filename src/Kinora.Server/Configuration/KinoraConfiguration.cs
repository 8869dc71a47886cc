using System.Text.Json;
using Kinora.Configuration;
using Kinora.Errors;

namespace Kinora.Server.Configuration;

/// <summary>Where settings come from: <c>kinora.json</c> in the data folder, the environment, a <c>.env</c> file, flags; later ones win.</summary>
internal sealed record KinoraConfiguration(DataFolder Data, IConfiguration Settings, IReadOnlyDictionary<string, string> Environment)
{
    private const string Prefix = "KINORA__";

    /// <summary>The one setting without a section: a PostgreSQL connection string.</summary>
    private const string Database = "Database";

    /// <summary>The sections there are; anything else is a typing error and is told.</summary>
    private static readonly string[] Sections =
        ["Jobs", "Models", "Providers", "Storage", "Media", "Images", "Mcp", "Server", "Fetch", "Folders", "Sessions", "Accounts", "Tokens", "Realtime", "Webhooks", "Uploads", "Logging"];

    /// <param name="data">The <c>--data</c> flag.</param>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>.</exception>
    public static KinoraConfiguration Load(string? data)
    {
        var environment = EnvironmentFile.Load(Directory.GetCurrentDirectory());
        var folder = new DataFolder(Path.GetFullPath(data ?? Set(environment, "KINORA_DATA") ?? UsualFolder(environment)));
        var builder = new ConfigurationBuilder();
        AddFile(builder, folder.Settings);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in environment)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                settings[name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = value;
            }
        }

        builder.AddInMemoryCollection(settings);
        return new KinoraConfiguration(folder, builder.Build(), environment);
    }

    /// <summary><c>MCP_NAME</c>: what an MCP server calls itself; null for its usual name.</summary>
    public string? McpName => Set(Environment, "MCP_NAME")?.Trim() is { Length: > 0 } name ? name : null;

    /// <summary><c>KINORA_ADMIN_PASSWORD</c>: of the first admin; null when not set.</summary>
    public string? AdminPassword => Set(Environment, "KINORA_ADMIN_PASSWORD");

    /// <summary>Faults of names that no section knows.</summary>
    public IEnumerable<string> UnknownSections() => Settings.GetChildren()
        .Where(s => s.Value is null || !string.Equals(s.Key, Database, StringComparison.OrdinalIgnoreCase))
        .Where(s => !Sections.Contains(s.Key, StringComparer.OrdinalIgnoreCase))
        .Select(s => $"{s.Key}: there is no such section of settings. There are {string.Join(", ", Sections)}, and the single setting {Database}.");

    private static void AddFile(ConfigurationBuilder builder, string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            builder.AddJsonStream(new MemoryStream(File.ReadAllBytes(path)));
            _ = builder.Build();
        }
        catch (Exception fault) when (fault is JsonException or FormatException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new KinoraException(
                ErrorCodes.ConfigurationInvalid, "kinora.json in the data folder cannot be read as JSON: " + (fault.InnerException ?? fault).Message, fault.ToString(), fault);
        }
    }

    /// <summary>The platform's place for a program's data: <c>$XDG_DATA_HOME/kinora</c>, else <c>~/.local/share/kinora</c>.</summary>
    private static string UsualFolder(IReadOnlyDictionary<string, string> environment) =>
        Set(environment, "XDG_DATA_HOME") is { } xdg && Path.IsPathRooted(xdg)
            ? Path.Combine(xdg, "kinora")
            : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".local", "share", "kinora");

    private static string? Set(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
