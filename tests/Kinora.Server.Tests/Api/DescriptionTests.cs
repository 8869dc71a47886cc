using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinora.Server.Api;
using Kinora.Server.Api.Describing;
using Kinora.Server.Mcp;
using Kinora.Server.Schema;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>What the API says of itself, against the table that it runs by.</summary>
public sealed partial class DescriptionTests
{
    private static readonly string[] _void = ["meta", "br", "link", "hr", "input"];

    private static JsonElement Document { get; } = JsonDocument.Parse(OpenApiDocument.Write(RouteTable.Operations)).RootElement;

    private static string Page { get; } = Encoding.UTF8.GetString(DocsPage.Write(RouteTable.Operations));

    public static TheoryData<string> Names => [.. RouteTable.Operations.Select(o => o.Name)];

    [Fact]
    public void Operations_HaveNamesAndAddressesOfTheirOwn()
    {
        RouteTable.Operations.Select(o => o.Name).ShouldBeUnique();
        RouteTable.Operations.Select(o => o.Method + o.Path).ShouldBeUnique();
        Document.GetProperty("paths").EnumerateObject().Sum(p => p.Value.EnumerateObject().Count()).ShouldBe(RouteTable.Operations.Count);
    }

    [Fact]
    public void Descriptions_TellNobodyWhichReleaseThisIs()
    {
        // Anybody may read them.
        Document.ToString().ShouldNotContain(ProductVersion.Text);
        Page.ShouldNotContain(ProductVersion.Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OpenApi_HasEveryErrorWithAnExample_ParametersAndExamplesThatFitTheirSchemas(string name)
    {
        var operation = RouteTable.Operations.Single(o => o.Name == name);
        var described = Document.GetProperty("paths").GetProperty(operation.Address).GetProperty(operation.Method.ToLowerInvariant());

        described.GetProperty("operationId").GetString().ShouldBe(name);
        foreach (var code in operation.AllErrors)
        {
            var example = described.GetProperty("responses").GetProperty(operation.Style.StatusOf(code).ToString(CultureInfo.InvariantCulture)).GetProperty("content").GetProperty("application/json")
                .GetProperty("examples").GetProperty(code).GetProperty("value");
            SchemaFit.Faults(Document.GetProperty("components").GetProperty("schemas").GetProperty(operation.Style.ErrorName), example).ShouldBeEmpty();
            if (operation.Style == ApiStyle.Platform)
            {
                (example.GetProperty("code").GetString(), string.IsNullOrWhiteSpace(example.GetProperty("error").GetString())).ShouldBe((code, false));
            }
        }

        if (operation.Answer.Shape is not null)
        {
            var answer = described.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json");
            SchemaFit.Faults(answer.GetProperty("schema"), answer.GetProperty("example")).ShouldBeEmpty();
        }

        if (operation.Body is { } body)
        {
            if (described.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out var said))
            {
                SchemaFit.Faults(said.GetProperty("schema"), said.GetProperty("example")).ShouldBeEmpty();
            }
            else
            {
                body.Files.ShouldContain(f => f.Required);
            }

            Should.NotThrow(() => GivenArguments.Read(name, body.Fields, body.OnlyOneOf, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body.Example)));
        }

        var inPath = described.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString());
        inPath.ShouldBe(Braces().Matches(operation.Address).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void Page_ForbidsAllButItsOneStyle()
    {
        var policy = DocsPage.ContentSecurityPolicy;
        policy.ShouldNotContain("unsafe");
        policy.ShouldStartWith("default-src 'none';");
        var style = Style().Matches(Page).ShouldHaveSingleItem().Groups[1].Value;
        policy.ShouldContain($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
        Page.ShouldNotContain("<script");
        Attributes().Matches(Page).Select(m => m.Groups[1].Value).ShouldNotContain(a => a == "style" || a == "src" || a.StartsWith("on", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_IsWellFormed()
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(Style().Replace(Page, "")))
        {
            var name = tag.Groups["name"].Value;
            if (tag.Value.StartsWith("</", StringComparison.Ordinal))
            {
                open.Pop().ShouldBe(name, Near(tag.Index));
            }
            else if (!_void.Contains(name))
            {
                open.Push(name);
            }
        }

        open.ShouldBeEmpty();
        // Nothing that begins a tag is left when all tags are gone.
        Tags().Replace(Style().Replace(Page, ""), "").Replace("<!doctype html>", "", StringComparison.Ordinal).ShouldNotContain("<");
        var ids = Ids().Matches(Page).Select(m => m.Groups[1].Value).ToList();
        ids.ShouldBeUnique();
        Links().Matches(Page).Select(m => m.Groups[1].Value).ShouldAllBe(link => ids.Contains(link));
    }

    [Fact]
    public void Page_ShowsEveryOperation_WithItsRoute()
    {
        foreach (var operation in RouteTable.Operations)
        {
            Page.ShouldContain($"<section id=\"{operation.Name}\">");
            Page.ShouldContain($"<span class=\"verb\">{operation.Method}</span>{operation.Address}</div>");
            Page.ShouldContain($"href=\"#{operation.Name}\"");
        }
    }

    private static string Near(int at) => Page[Math.Max(0, at - 100)..Math.Min(Page.Length, at + 50)];

    [GeneratedRegex("\\{([a-z]+)\\}")]
    private static partial Regex Braces();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("</?(?<name>[a-z][a-z0-9]*)(?: [a-z-]+=\"[^\"<>]*\")*>")]
    private static partial Regex Tags();

    [GeneratedRegex(" ([a-z-]+)=\"")]
    private static partial Regex Attributes();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Links();
}
