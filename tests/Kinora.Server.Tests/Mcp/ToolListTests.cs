using System.Text;
using System.Text.Json;
using Kinora.Server.Mcp.Profiles;
using Kinora.Server.Mcp.Tools;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>What clients are told of the tools: the words are paid for by every conversation, so their size is a promise.</summary>
public sealed class ToolListTests
{
    public static TheoryData<string> Tools => [.. ToolCatalog.Create().Select(t => t.Spec.Name)];

    public static TheoryData<string> Profiles => [.. ToolProfile.All.Select(p => p.Name)];

    [Fact]
    public void DefaultList_IsAtMost14Kilobytes() =>
        new ToolBox(ToolCatalog.Create().Where(t => ToolCatalog.Default.Split(',').Contains(t.Spec.Toolset))).Listed.Length.ShouldBeLessThanOrEqualTo(14_000);

    [Fact]
    public void WholeList_IsAtMost28Kilobytes() => new ToolBox(ToolCatalog.Create()).Listed.Length.ShouldBeLessThanOrEqualTo(28_000);

    [Theory]
    [MemberData(nameof(Profiles))]
    public void ProfileList_IsAtMost14Kilobytes(string profile) => new ToolBox(Profile(profile)).Listed.Length.ShouldBeLessThanOrEqualTo(14_000);

    [Fact]
    public void List_IsTheSameBytesEveryTime() => Encoding.UTF8.GetString(new ToolBox(ToolCatalog.Create()).Listed).ShouldBe(Encoding.UTF8.GetString(new ToolBox(ToolCatalog.Create()).Listed));

    [Theory]
    [MemberData(nameof(Tools))]
    public void Tool_IsDescribedByTheHouseRules(string name)
    {
        var tool = Listed(ToolCatalog.Create()).Single(t => t.GetProperty("name").GetString() == name);

        name.ShouldMatch("^[a-z]+(_[a-z]+)+$");
        tool.GetProperty("description").GetString()!.Length.ShouldBeInRange(20, 120);
        tool.GetProperty("annotations").EnumerateObject().Select(a => a.Name).ShouldBe(["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"]);
        tool.GetRawText().ShouldNotContain("null");
        tool.GetProperty("outputSchema").GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact]
    public void ReadOnly_LeavesOutEverythingThatWritesOrPays()
    {
        var box = new ToolBox(ToolCatalog.Create(), readOnly: true);

        box.All.ShouldAllBe(t => t.Spec.Effect == ToolEffect.Reads);
        box.TryGet("create_video", out _).ShouldBeFalse();
        box.TryGet("get_video_status", out _).ShouldBeTrue();
        foreach (var profile in ToolProfile.All)
        {
            new ToolBox(profile.Create(), readOnly: true).All.ShouldAllBe(t => t.Spec.Effect == ToolEffect.Reads);
        }
    }

    /// <summary>docs/tools.md is the snapshot: what outsiders see changes only on purpose.</summary>
    [Fact]
    public void ToolsPage_SaysWhatClientsAreTold()
    {
        var path = Path.Combine(Root(), "docs", "tools.md");
        var wanted = Page();
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        File.ReadAllText(path).ShouldBe(wanted, "docs/tools.md is old; run the tests once with KINORA_UPDATE_DOCS=1");
    }

    internal static IReadOnlyList<McpTool> Profile(string name) => ToolProfile.All.Single(p => p.Name == name).Create();

    internal static IEnumerable<JsonElement> Listed(IEnumerable<McpTool> tools) => JsonElement.Parse(new ToolBox(tools).Listed).GetProperty("tools").EnumerateArray();

    private static string Page()
    {
        var page = new StringBuilder(
            $"""
            # MCP tools

            <!-- Made from the tools by ToolListTests; do not edit by hand. -->

            `kinora mcp --toolsets NAMES` chooses groups ({string.Join(", ", ToolCatalog.Toolsets)}, `all`; default `{ToolCatalog.Default}`); `--read-only` leaves out what writes or pays;
            `--profile NAME` offers exactly the tools of another server ({string.Join(", ", ToolProfile.All.Select(p => $"`{p.Name}`"))}). How to work with them: [usage-guide.md](usage-guide.md).


            """);
        foreach (var toolset in ToolCatalog.Toolsets)
        {
            page.Append($"## Toolset {toolset}\n\n");
            AppendTools(page, ToolCatalog.Create().Where(t => t.Spec.Toolset == toolset));
        }

        foreach (var profile in ToolProfile.All)
        {
            page.Append($"## Profile {profile.Name}\n\n");
            AppendTools(page, profile.Create());
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static void AppendTools(StringBuilder page, IEnumerable<McpTool> tools)
    {
        foreach (var tool in tools)
        {
            page.Append($"### {tool.Spec.Name}\n\n{tool.Spec.Description} *{tool.Spec.Effect switch { ToolEffect.Reads => "Reads only.", ToolEffect.Writes => "Writes a file.", ToolEffect.Destroys => "Deletes.", _ => "May cost money." }}*\n\n");
            if (tool.Spec.Params.Count > 0)
            {
                page.Append("| parameter | | allowed | meaning |\n|---|---|---|---|\n");
                foreach (var param in tool.Spec.Params)
                {
                    var use = param.Required ? "required" : param.DefaultValue is { } value ? $"default `{(value is bool flag ? (flag ? "true" : "false") : value)}`" : "";
                    page.Append($"| `{param.Name}` | {use} | {param.Allowed} | {param.About} |\n");
                }

                page.Append('\n');
            }

            var listed = Listed([tool]).Single();
            page.Append($"Answers: `{listed.GetProperty("outputSchema").GetRawText()}`\n\n");
        }
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
