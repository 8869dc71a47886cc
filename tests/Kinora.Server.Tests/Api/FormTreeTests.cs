using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using Microsoft.Extensions.Primitives;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Names in brackets become what a JSON body would say.</summary>
public sealed class FormTreeTests
{
    private static readonly Param[] Params =
    [
        new TextParam("prompt"), new ObjectParam("video", new TextParam("id")), new ObjectParam("kinora", new IntegerParam("seed", 0, 100), new FlagParam("audio")),
        new ObjectListParam("characters", 2, new TextParam("id"), new TextParam("name")), new TextListParam("tags", new TextParam("tag"), 3),
    ];

    [Theory]
    [InlineData("video[id]=v", """{"video":{"id":"v"}}""")]
    [InlineData("kinora[seed]=7&kinora[audio]=true", """{"kinora":{"seed":7,"audio":true}}""")]
    [InlineData("""kinora={"seed":7}""", """{"kinora":{"seed":7}}""")]
    [InlineData("characters[][id]=a&characters[][id]=b", """{"characters":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("characters[1][id]=b&characters[0][id]=a&characters[0][name]=n", """{"characters":[{"id":"a","name":"n"},{"id":"b"}]}""")]
    [InlineData("tags[]=x&tags[]=y&prompt=p", """{"tags":["x","y"],"prompt":"p"}""")]
    [InlineData("video[id][deeper]=v", """{"video[id][deeper]":"v"}""")]
    [InlineData("prompt[x]=v", """{"prompt[x]":"v"}""")]
    [InlineData("video=v", """{"video":"v"}""")]
    [InlineData("video={broken", """{"video":"{broken"}""")]
    public void Unfolded(string form, string json)
    {
        var fields = Unfold(form);

        JsonElement.DeepEquals(JsonSerializer.SerializeToElement(fields), JsonDocument.Parse(json).RootElement).ShouldBeTrue(JsonSerializer.Serialize(fields));
    }

    [Theory]
    [InlineData("""video[id]=v&video={"id":"w"}""", "video")]
    [InlineData("characters[2][id]=c", "characters")]
    [InlineData("characters[-1][id]=c", "characters")]
    [InlineData("characters[99999999999][id]=c", "characters")]
    [InlineData("video[id]=v&video[id]=w", "id")]
    public void Refused(string form, string field) => Should.Throw<KinoraException>(() => Unfold(form)).Faults.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public void MoreThanAreAllowed_AreLeftForTheCheckToRefuse() =>
        Unfold("characters[][id]=a&characters[][id]=b&characters[][id]=c&characters[][id]=d")["characters"].GetArrayLength().ShouldBe(3);

    private static Dictionary<string, JsonElement> Unfold(string form)
    {
        var texts = form.Split('&').Select(p => p.Split('=', 2)).GroupBy(p => p[0], p => p[1]).ToDictionary(g => g.Key, g => new StringValues([.. g]));
        var fields = new Dictionary<string, JsonElement>();
        FormTree.Unfold(Params, texts, fields);
        return fields;
    }
}
