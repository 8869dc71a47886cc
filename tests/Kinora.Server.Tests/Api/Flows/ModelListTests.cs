using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>The catalogue over REST, in the words that its description uses.</summary>
[Collection(nameof(ServedApi))]
public sealed class ModelListTests(ServedApi api)
{
    [Fact]
    public async Task Models_AreToldInTheWordsOfTheirDescription()
    {
        var reply = await api.Admin.GetAsync("/api/models");

        reply.Status.ShouldBe(OK, reply.Text);
        var model = reply.Json.GetProperty("data").EnumerateArray().Single(m => m.GetProperty("id").GetString() == "animatic/storyboard");
        model.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()).ShouldBe(["video", "image"]);
        model.GetProperty("audio").GetString().ShouldBe("switch");
        (model.GetProperty("price").GetProperty("usd").GetDecimal(), model.GetProperty("price").GetProperty("per").GetString()).ShouldBe((0, "job"));
        reply.Json.GetProperty("aliases").GetProperty("sora-2").GetString().ShouldBe("animatic/storyboard");
    }

    [Fact]
    public async Task Models_AreFound_ByKindAndWords()
    {
        (await CountAsync("kind=video")).ShouldBe(1);
        (await CountAsync("kind=image&q=STORY")).ShouldBe(1);
        (await CountAsync("q=no such model")).ShouldBe(0);
        (await CountAsync("can=last_frame,seed")).ShouldBe(1);
        (await CountAsync("can=negative_prompt")).ShouldBe(0);
        (await api.Admin.GetAsync("/api/models?kind=sound")).Status.ShouldBe(BadRequest);
        foreach (var wrong in new[] { "flying", "%20", "seed,", "," })
        {
            var refused = await api.Admin.GetAsync("/api/models?can=" + wrong);
            refused.Status.ShouldBe(BadRequest, wrong);
            refused.Text.ShouldContain("Known words: first_frame");
        }
    }

    private async Task<int> CountAsync(string query) => (await api.Admin.GetAsync("/api/models?" + query)).Json.GetProperty("data").GetArrayLength();
}
