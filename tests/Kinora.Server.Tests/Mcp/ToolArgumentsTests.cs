using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Profiles;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>Every tool against every kind of wrong argument: refused before anything runs, by a text that names the field and what is allowed.</summary>
public sealed class ToolArgumentsTests
{
    private static readonly IReadOnlyList<McpTool> AllTools = [.. ToolCatalog.Create(), .. ToolProfile.All.SelectMany(p => p.Create())];

    public static TheoryData<string> Tools => [.. AllTools.Select(t => t.Spec.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Tools))]
    public void WrongType_IsRefusedByName(string name)
    {
        foreach (var spec in Specs(name))
        {
            foreach (var param in spec.Params)
            {
                foreach (var wrong in WrongValues(param))
                {
                    var refusal = Refusal(spec, Good(spec, (param.Name, wrong)));

                    refusal.ShouldContain(param.Name);
                    refusal.ShouldContain(param.Allowed);
                    refusal.Length.ShouldBeLessThanOrEqualTo(601);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void MissingRequired_IsRefusedByName(string name)
    {
        foreach (var spec in Specs(name))
        {
            foreach (var param in spec.Params.Where(p => p.Required))
            {
                var given = Good(spec);
                given.Remove(param.Name);

                Refusal(spec, given).ShouldContain($"{param.Name} is missing");
                Refusal(spec, Good(spec, (param.Name, "null"))).ShouldContain($"{param.Name} is missing");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void ExtraParameter_IsRefused_AndTheKnownOnesAreTold(string name)
    {
        foreach (var spec in Specs(name))
        {
            var refusal = Refusal(spec, Good(spec, ("surprise\u001b[31m", "1")));

            refusal.ShouldContain("has no parameter \"surprise[31m\"");
            refusal.ShouldContain(spec.Params.Count == 0 ? "no parameters" : spec.Params[0].Name);
        }
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void GoodArguments_PassWithDefaults(string name)
    {
        foreach (var spec in Specs(name))
        {
            var read = spec.Read(Good(spec));
            foreach (var param in spec.Params.OfType<TextParam>().Where(p => p.Default is not null))
            {
                read.Text(param.Name).ShouldBe(param.Default);
            }
        }
    }

    [Fact]
    public void NoArgumentsObject_IsFineWhereNothingIsRequired() =>
        Specs("list_videos").First().Read(null).Integer("limit").ShouldBe(10);

    [Fact]
    public void AllFaults_AreToldAtOnce()
    {
        var refusal = Refusal(Specs("create_video").First(), Parse("""{"seconds": 8, "seed": -1, "nope": true}"""));

        refusal.ShouldContain("prompt is missing");
        refusal.ShouldContain("seconds must be");
        refusal.ShouldContain("seed must be");
        refusal.ShouldContain("has no parameter \"nope\"");
    }

    [Fact]
    public void TwoReferences_AreRefused() =>
        Refusal(Specs("create_video").First(), Parse("""{"prompt": "x", "input_reference": "AAAA", "input_reference_url": "https://a.test/x.png"}"""))
            .ShouldContain("only one of");

    private static IEnumerable<ToolSpec> Specs(string name) => AllTools.Select(t => t.Spec).Where(s => s.Name == name);

    private static IEnumerable<string> WrongValues(Param param)
    {
        string[] wrong = ["[]", "{}", "[\"x\"]"];
        return param switch
        {
            TextParam { Choices.Count: > 0 } => [.. wrong, "\"no such choice\"", "\"\"", "5", "true", JsonSerializer.Serialize(new string('x', 1 << 20)), "\"../../etc/passwd\""],
            TextParam text => [.. wrong, "\"\"", "5", "false", "\"\\ud800\"", JsonSerializer.Serialize(new string('x', text.MaxLength + 1))],
            IntegerParam number => [.. wrong, "\"5\"", "1.5", "1e400", "true", FormattableString.Invariant($"{number.Min - 1}"), FormattableString.Invariant($"{number.Max + 1}")],
            TextListParam list => ["{}", "\"x\"", "[5]", "[\"\"]", $"[{string.Join(',', Enumerable.Repeat("\"x\"", list.Most + 1))}]"],
            JsonParam => ["[]", "\"x\"", "5", "true"],
            NumberParam => [.. wrong, "\"5\"", "-1", "1e300", "true"],
            _ => [.. wrong, "\"true\"", "1", "0"],
        };
    }

    private static Dictionary<string, JsonElement> Good(ToolSpec spec, params (string Name, string Json)[] changed)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var param in spec.Params.Where(p => p.Required))
        {
            given[param.Name] = JsonElement.Parse(param switch { TextParam { Choices: [var first, ..] } => $"\"{first}\"", TextListParam => "[\"x\"]", _ => "\"x\"" });
        }

        foreach (var (name, json) in changed)
        {
            given[name] = JsonElement.Parse(json);
        }

        return given;
    }

    private static Dictionary<string, JsonElement> Parse(string json) => JsonElement.Parse(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);

    /// <summary>As the client reads it.</summary>
    private static string Refusal(ToolSpec spec, Dictionary<string, JsonElement> given)
    {
        var fault = Should.Throw<KinoraException>(() => spec.Read(given), $"{spec.Name} took {string.Join(", ", given.Keys)}");
        var result = McpErrors.ToResult(fault, spec, _ => true);
        result.IsError.ShouldBe(true);
        return result.Content.OfType<TextContentBlock>().Single().Text;
    }
}
