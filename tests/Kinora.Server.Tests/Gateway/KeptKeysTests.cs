using Kinora.Server.Tests.Api;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>What a server knows again after it was stopped and started.</summary>
public sealed class KeptKeysTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Body = """{"prompt":"A mare","model":"animatic/storyboard","size":"320x180","seconds":"1"}""";

    [Theory]
    [InlineData("Idempotency-Key", "once and for all")]
    [InlineData("X-Stainless-Retry-Count", "1")]
    public async Task SameRequest_AfterARestart_IsTheSameJob(string header, string value)
    {
        var token = scene.TokenOf(await scene.AddUserAsync());
        var first = await scene.SendAsync("POST", "/v1/videos", token, Body, (header, value));
        first.Status.ShouldBe(200, first.Everything);

        await scene.RestartAsync();

        var again = await scene.SendAsync("POST", "/v1/videos", token, Body, (header, value));
        again.Json.GetProperty("id").GetString().ShouldBe(first.Json.GetProperty("id").GetString());
        again.Headers["idempotent-replayed"].ShouldBe("true");
        (await scene.GetAsync("/v1/videos", token)).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
        if (header == "Idempotency-Key")
        {
            (await scene.SendAsync("POST", "/v1/videos", token, Body.Replace("mare", "foal", StringComparison.Ordinal), (header, value))).ShouldBeRefused(422, "idempotency_key_reused");
        }
    }
}
