using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp.Door;
using Kinora.Server.Web;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Docs;

/// <summary>
/// The pages for clients: every snippet is what it says it is, and the command line in it starts the real program, which answers. The products themselves
/// are not run.
/// </summary>
public sealed partial class ClientPagesTests
{
    private const string Program = "/path/to/kinora";

    private static readonly string Folder = Path.Combine(Root(), "docs", "clients");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ItsSnippetsParse_AndItsCommandsAnswer(string page)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, page), TestContext.Current.CancellationToken);
        var snippets = Fence().Matches(text).Select(m => (Kind: m.Groups[1].Value, Text: m.Groups[2].Value)).ToList();
        snippets.ShouldNotBeEmpty();
        var commands = snippets.SelectMany(s => Commands(s.Kind, s.Text)).ToList();
        commands.ShouldNotBeEmpty("no snippet says how Kinora is started");
        commands.ShouldAllBe(c => c[0] == Program);

        // What the page says to put behind it.
        var more = Behind().Matches(text).Select(m => m.Groups[1].Value.Split(' ')).ToList();
        more.ShouldNotBeEmpty();
        using var kinora = new KinoraProgram();
        foreach (var arguments in commands.Select(c => c[1..]).Concat(more.Select(m => (string[])["mcp", .. m])).DistinctBy(a => string.Join(' ', a)))
        {
            arguments[0].ShouldBe("mcp");
            await using var client = await StdioMcp.StartAsync(kinora, arguments[1..]);
            (await client.RequestAsync("tools/list", "{}")).GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBeGreaterThan(0);
            (await client.LeaveAsync()).ShouldBe(0);
        }

        foreach (Match address in Address().Matches(text))
        {
            address.Value.ShouldBe(new ServerOptions().Urls + "/mcp");
        }
    }

    /// <summary>Every command line that starts Kinora: the program and its arguments.</summary>
    private static IEnumerable<string[]> Commands(string kind, string text) => kind switch
    {
        "json" => InJson(JsonElement.Parse(text)),
        "toml" => [[.. InToml(text)]],
        "yaml" => [[.. InYaml(text)]],
        "sh" => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(InShell),
        _ => throw new InvalidOperationException($"a snippet of kind \"{kind}\""),
    };

    private static IEnumerable<string[]> InJson(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (!part.TryGetProperty("command", out var command))
        {
            return part.EnumerateObject().SelectMany(p => InJson(p.Value));
        }

        return command.ValueKind == JsonValueKind.Array
            ? [[.. command.EnumerateArray().Select(a => a.GetString()!)]]
            : [[command.GetString()!, .. part.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)]];
    }

    /// <summary>One table of strings and lists of strings, which TOML writes like JSON.</summary>
    private static IEnumerable<string> InToml(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("[mcp_servers.kinora]");
        var table = lines[1..].Select(l => l.Split(" = ", 2)).ToDictionary(p => p[0], p => JsonElement.Parse(p[1]));
        return [table["command"].GetString()!, .. table["args"].EnumerateArray().Select(a => a.GetString()!)];
    }

    /// <summary>Mappings, plain scalars and one flow list.</summary>
    private static IEnumerable<string> InYaml(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldAllBe(l => YamlLine().IsMatch(l));
        lines.Take(2).Select(l => l.Trim()).ShouldBe(["extensions:", "kinora:"]);
        var mapping = lines[2..].Select(l => l.Trim().Split(": ", 2)).ToDictionary(p => p[0], p => p[1]);
        mapping["type"].ShouldBe("stdio");
        return [mapping["cmd"], .. mapping["args"].Trim('[', ']').Split(", ")];
    }

    private static IEnumerable<string[]> InShell(string line)
    {
        if (line.Contains(" -- ", StringComparison.Ordinal))
        {
            return [line[(line.IndexOf(" -- ", StringComparison.Ordinal) + 4)..].Split(' ')];
        }

        return line.Split('\'') is [_, var json, _] ? InJson(JsonElement.Parse(json)) : [];
    }

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("`(--[a-z-]+ [a-z0-9-]+)`")]
    private static partial Regex Behind();

    [GeneratedRegex("http://[^\\s`]+")]
    private static partial Regex Address();

    [GeneratedRegex("^(  )*[a-z]+:( [^ ].*)?$")]
    private static partial Regex YamlLine();

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
