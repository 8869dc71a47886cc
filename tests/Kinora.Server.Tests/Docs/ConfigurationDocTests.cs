using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kinora.Accounts;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Providers.OpenAiImages;
using Kinora.Adapters.Storage;
using Kinora.Adapters.Storage.S3;
using Kinora.Catalog;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Sessions;
using Kinora.Webhooks;
using Shouldly;
using Xunit;
using Kinora.Server.Configuration;
using Kinora.Server.Mcp;
using Kinora.Server.Realtime;
using Kinora.Server.Security;
using Kinora.Server.Web;
using Kinora.Uploads;

namespace Kinora.Server.Tests.Docs;

/// <summary>docs/configuration.md is made from the options themselves. KINORA_UPDATE_DOCS=1 writes it anew.</summary>
public sealed partial class ConfigurationDocTests
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        ("Jobs", typeof(JobOptions)), ("Models", typeof(CatalogOptions)), ("Sessions", typeof(ImageSessionOptions)), ("Storage", typeof(StorageOptions)), ("Storage:S3", typeof(S3Options)), ("Folders", typeof(FolderOptions)),
        ("Media", typeof(MediaOptions)), ("Images", typeof(ImageOptions)), ("Fetch", typeof(FetchOptions)), ("Server", typeof(ServerOptions)), ("Accounts", typeof(AccountOptions)),
        ("Tokens", typeof(TokenOptions)), ("Realtime", typeof(RealtimeOptions)), ("Webhooks", typeof(WebhookOptions)), ("Uploads", typeof(UploadOptions)),
        ("Mcp", typeof(McpOptions)), ("Logging", typeof(LoggingOptions)), ("Providers:<name>", typeof(ProviderSettings)),
        ("Providers:<name> of the kind openai-images", typeof(OpenAiImagesOptions)),
    ];

    [Fact]
    public void ConfigurationPage_SaysWhatTheOptionsSay()
    {
        var path = Path.Combine(Root(), "docs", "configuration.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        File.ReadAllText(path).ShouldBe(wanted, "docs/configuration.md is old; run the tests once with KINORA_UPDATE_DOCS=1");
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Configuration

            <!-- Made from the options records by ConfigurationDocTests; do not edit by hand. -->

            Settings come from four places; later ones win:

            1. `kinora.json` in the data folder: `{ "Jobs": { "LeaseSeconds": 60 } }`
            2. environment variables: `KINORA__Jobs__LeaseSeconds=60`
            3. a `.env` file in the working folder, with the same names
            4. flags of the command

            The data folder is `--data`, else `KINORA_DATA`, else `$XDG_DATA_HOME/kinora`, else `~/.local/share/kinora`. All faults are told at once, each naming its setting; an
            unknown name is a fault. Without any setting everything works, with the built-in renderer.

            | setting | default | meaning |
            |---|---|---|
            | `Database` |  | A PostgreSQL connection string, `postgres://user:password@host:5432/database` or `Host=…;Database=…;Username=…;Password=…`; empty for a SQLite file in the data folder. [Which when, and what it promises](databases.md). |


            """);
        foreach (var (section, type) in Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {section}\n\n| setting | default | allowed | meaning |\n|---|---|---|---|\n");
            var defaults = type.GetConstructor(Type.EmptyTypes) is null || type == typeof(ProviderSettings) ? null : Activator.CreateInstance(type);
            foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.Name is not ("Name" or "Extra")))
            {
                var range = property.GetCustomAttribute<RangeAttribute>();
                page.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | {Default(property, defaults)} | {(range is null ? "" : $"{range.Minimum} to {range.Maximum}")} | {Summary(property)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Default(PropertyInfo property, object? defaults) => (defaults is null ? null : property.GetValue(defaults)) switch
    {
        null => "",
        string { Length: 0 } => "",
        string text => $"`{text}`",
        bool value => value ? "true" : "false",
        IFormattable when property.Name == "Parallel" => "number of processors, at least 2",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string Summary(PropertyInfo property)
    {
        var documentation = XDocument.Load(Path.Combine(AppContext.BaseDirectory, property.DeclaringType!.Assembly.GetName().Name + ".xml"));
        var member = documentation.Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == $"P:{property.DeclaringType.FullName}.{property.Name}");
        var text = member?.Element("summary") is { } summary ? Plain(summary) : property.Name == "Ffprobe" ? "The same for ffprobe." : "";
        return Blanks().Replace(text, " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>Text with references as their last name.</summary>
    private static string Plain(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        _ => "",
    }));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
