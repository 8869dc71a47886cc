using System.Globalization;
using Kinora.Accounts;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Signing in over HTTP: nothing tells accounts apart, guessing is slow, and whoever knows his password still comes in .</summary>
public sealed class SignInTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UnknownWrongAndDisabled_AnswerAlike()
    {
        var (ann, gone) = (await scene.AddUserAsync(), await scene.AddUserAsync());
        await scene.Accounts.UpdateAsync(gone.Id, new AccountChange { Disabled = true }, Cancel);

        var wrong = await scene.SignInAsync(ann.Username, "six horses in a son");

        wrong.ShouldBeRefused(401, "invalid_credentials", scene.Operation("signIn"));
        foreach (var (name, password) in ((string, string)[])
        [
            ("nobody", ApiScene.Password), (gone.Username, ApiScene.Password), (gone.Username, "x"), (ann.Username, "x"), (ann.Username, ApiScene.Password + " "), (ann.Username, new string('x', 4_000)),
            ("local", ApiScene.Password), (ann.Id, ApiScene.Password), ("' OR 1=1 --", "x"), ("admin\u0000", "x"), ("\u202eadmin", "x"), (new string('n', 4_000), "x"), ("../admin", "x"),
        ])
        {
            (await scene.SignInAsync(name, password)).Seen.ShouldBe(wrong.Seen, name);
        }

        (await scene.SignInAsync(ann.Username, ApiScene.Password)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(null, "x")]
    [InlineData("", "x")]
    [InlineData("  ", "x")]
    [InlineData("x", null)]
    [InlineData("x", "")]
    public async Task WithoutNameOrPassword_IsRefusedInTheWordsOfTheOriginal(string? name, string? password)
    {
        var reply = await scene.SignInAsync(name, password);

        reply.ShouldBeRefused(400, "invalid_request", scene.Operation("signIn"));
        reply.Json.GetProperty("error").GetString().ShouldBe("Username and password required");
    }

    [Fact]
    public async Task Guessing_IsSlowedDown_WhoeverItSaysItIs_AndTheOwnerStillComesIn()
    {
        var ann = await scene.AddUserAsync();
        (await scene.SignInAsync(ann.Username, ApiScene.Password)).Status.ShouldBe(200);
        using var foe = OtherAddress.Client("127.0.0.2");
        var replies = new List<ApiReply>();
        for (var i = 0; i < 12; i++)
        {
            replies.Add(await TryAsync(foe, ann.Username, "guess", FormattableString.Invariant($"10.0.0.{i}")));
        }

        replies.Take(5).ShouldAllBe(r => r.Status == 401);
        replies.Skip(5).ShouldAllBe(r => r.Status == 429);
        var slowed = replies[^1].ShouldBeRefused(429, "rate_limited", scene.Operation("signIn"));
        int.Parse(slowed.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeInRange(1, 180);
        (await TryAsync(foe, ann.Username, ApiScene.Password)).Status.ShouldBe(429, "nothing is compared, so nothing is learnt");
        using var third = OtherAddress.Client("127.0.0.3");
        (await TryAsync(third, ann.Username, "guess")).Status.ShouldBe(429, "the account is slowed down, not the address alone");

        (await scene.SignInAsync(ann.Username, ApiScene.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task OneAddress_TryingManyNames_IsSlowedDown_AndOthersAreNot()
    {
        var ann = await scene.AddUserAsync();
        using var foe = OtherAddress.Client("127.0.0.4");
        var statuses = new List<int>();
        for (var i = 0; i < 34; i++)
        {
            statuses.Add((await TryAsync(foe, FormattableString.Invariant($"name{i}"), "guess", FormattableString.Invariant($"10.0.1.{i}"))).Status);
        }

        statuses.Count(s => s == 401).ShouldBeInRange(30, 33);
        statuses[^1].ShouldBe(429);
        using var other = OtherAddress.Client("127.0.0.5");
        (await TryAsync(other, ann.Username, ApiScene.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task AFloodOfSignIns_IsAnsweredInOrder_AndEverybodyElseGoesOn()
    {
        var foes = Enumerable.Range(0, 20).Select(i => OtherAddress.Client(FormattableString.Invariant($"127.0.1.{i + 1}"))).ToList();
        var token = scene.TokenOf(await scene.AddUserAsync());

        var flood = Task.WhenAll(foes.SelectMany((foe, f) => Enumerable.Range(0, 8).Select(i => TryAsync(foe, FormattableString.Invariant($"flood{f}-{i}"), "guess"))));
        var served = 0;
        for (; !flood.IsCompleted; served++)
        {
            (await scene.GetAsync("/health")).Status.ShouldBe(200);
            (await scene.GetAsync("/api/auth/me", token)).Status.ShouldBe(200);
        }

        var replies = await flood;
        served.ShouldBeGreaterThan(5);
        replies.ShouldAllBe(r => r.Status == 401 || r.Status == 429);
        replies.Count(r => r.Status == 429).ShouldBeGreaterThan(0, "the line is bounded");
        replies.Where(r => r.Status == 429).ShouldAllBe(r => r.Headers.ContainsKey("Retry-After"));
        foes.ForEach(foe => foe.Dispose());
    }

    private async Task<ApiReply> TryAsync(HttpClient client, string username, string password, string? forwarded = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.Url, "/api/auth/login")) { Content = JsonContent.Create(new { username, password }) };
        if (forwarded is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwarded);
            request.Headers.Add("Forwarded", "for=" + forwarded);
            request.Headers.Add("X-Real-IP", forwarded);
        }

        return await ApiReply.ReadAsync(await client.SendAsync(request, Cancel), Cancel);
    }
}
