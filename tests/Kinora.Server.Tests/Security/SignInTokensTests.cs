using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kinora.Accounts;
using Kinora.Adapters.Secrets;
using Kinora.Assets;
using Kinora.Configuration;
using Kinora.Jobs;
using Kinora.Server.Security;
using Kinora.Server.Tests.Mcp;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Security;

public sealed class SignInTokensTests : IDisposable
{
    private const string Secret = "N3v2Zk8QpX1sYw7LrT5uHc9BdJf0GmAeKiVoSxRn";

    private readonly TestClock _clock = new();
    private readonly TempFolder _folder = new();
    private readonly Account _ann;
    private readonly SignInTokens _tokens;

    public SignInTokensTests()
    {
        _ann = new Account { Id = "user_x", Username = "änn\"<", Role = Role.Admin, CreatedAt = _clock.Now, Generation = 3 };
        _tokens = Tokens(Secret);
    }

    private ForgedTokens Forger => new(Encoding.UTF8.GetBytes(Secret), _clock.Now.ToUnixTimeSeconds());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_TheExampleOfTheStandards_IsItsPayload()
    {
        // RFC 7515 appendix A.1, which is also the JWT of RFC 7519 section 3.1.
        const string token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        var key = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");

        Hs256.TryOpen(token, [key], out var payload).ShouldBeTrue();

        Encoding.UTF8.GetString(payload!).ShouldBe("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
        Hs256.TryOpen(token, [key[..^1]], out _).ShouldBeFalse();
    }

    [Fact]
    public void Issue_HasTheShapeAndTheClaims_AndReadsBack()
    {
        var (token, says) = _tokens.Issue(_ann);

        token.ShouldMatch(@"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$");
        var parts = token.Split('.').Select(part => Base64Url.DecodeFromChars(part)).ToList();
        Encoding.UTF8.GetString(parts[0]).ShouldBe("""{"alg":"HS256","typ":"JWT"}""");
        var claims = JsonDocument.Parse(parts[1]).RootElement;
        claims.EnumerateObject().Select(c => c.Name).ShouldBe(["userId", "username", "role", "sub", "iss", "iat", "exp", "jti", "gen"]);
        (claims.GetProperty("userId").GetString(), claims.GetProperty("username").GetString(), claims.GetProperty("role").GetString()).ShouldBe((_ann.Id, _ann.Username, "admin"));
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(7 * 86_400);
        claims.GetProperty("jti").GetString()!.ShouldMatch("^[0-9a-f]{32}$");
        _tokens.TryRead(token, out var read).ShouldBeTrue();
        (read!.UserId, read.Generation, read.Id).ShouldBe((_ann.Id, 3, says.Id));
        _tokens.Issue(_ann).Says.Id.ShouldNotBe(says.Id);
    }

    [Fact]
    public void Read_AtTheEndOfItsTime_IsRefused()
    {
        var (token, _) = _tokens.Issue(_ann);

        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        _tokens.TryRead(token, out _).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _tokens.TryRead(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void Read_WhatIsJustRight_IsTaken()
    {
        var forger = Forger;

        _tokens.TryRead(forger.Good, out _).ShouldBeTrue("else the forgeries below prove nothing");
        _tokens.TryRead(forger.With("END", forger.Seconds(1)), out _).ShouldBeTrue();
        _tokens.TryRead(forger.With("END", forger.Seconds(7 * 86_400)), out _).ShouldBeTrue();
        _tokens.TryRead(forger.With("NOW", forger.Seconds(60)), out _).ShouldBeTrue();
        _tokens.TryRead(forger.With("\"gen\":0", $"\"gen\":0,\"nbf\":{forger.Seconds(60)}"), out _).ShouldBeTrue();
    }

    [Fact]
    public void Read_EveryForgery_IsRefused()
    {
        var all = Forger.All.ToList();
        all.Count.ShouldBeGreaterThan(400);

        all.Where(forgery => _tokens.TryRead(forgery.Token, out _)).Select(forgery => forgery.What).ShouldBeEmpty();
        all.ShouldAllBe(forgery => Links(Secret).Read(forgery.Token) == null);
    }

    [Fact]
    public void Rotation_TheSecretBeforeStillVerifies_AndOnlyTheNewOneSigns()
    {
        const string next = "q9ZrT2wLk5Xv8NcB1yHd4JmG7fPs0AeUiOoVxKtR";
        var (old, _) = _tokens.Issue(_ann);
        var both = Tokens(next, before: Secret);

        both.TryRead(old, out _).ShouldBeTrue();
        var (made, _) = both.Issue(_ann);
        _tokens.TryRead(made, out _).ShouldBeFalse();
        Tokens(next).TryRead(made, out _).ShouldBeTrue();
        Tokens(next).TryRead(old, out _).ShouldBeFalse();
        Links(next, Secret).Read(Links(Secret).Write(Link())).ShouldBe(Link());
        Links(next).Read(Links(Secret).Write(Link())).ShouldBeNull();
    }

    [Fact]
    public void LinksAndTokens_AreNeverTakenForEachOther()
    {
        var (links, link) = (Links(Secret), Links(Secret).Write(Link()));
        var keys = Keys(Secret, null);

        _tokens.TryRead(link, out _).ShouldBeFalse();
        links.Read(_tokens.Issue(_ann).Token).ShouldBeNull();
        keys.Links[0].ShouldNotBe(keys.Secrets[0]);
        _tokens.TryRead(new ForgedTokens(keys.Links[0], _clock.Now.ToUnixTimeSeconds()).Good, out _).ShouldBeFalse();
    }

    [Fact]
    public void Links_ChangedAnywhere_OrPastTheirTime_AreRefused()
    {
        var (links, text) = (Links(Secret), Links(Secret).Write(Link()));
        links.Read(text).ShouldBe(Link());

        var bytes = Base64Url.DecodeFromChars(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            links.Read(Base64Url.EncodeToString(changed)).ShouldBeNull();
            links.Read(Base64Url.EncodeToString(bytes.AsSpan(..i))).ShouldBeNull();
        }

        ((string[])["", "=", text + "A", text + text, "../" + text, new string('A', 399), new string('A', 100_000)]).ShouldAllBe(t => links.Read(t) == null);
        _clock.Advance(TimeSpan.FromMinutes(10));
        links.Read(text).ShouldBeNull();
    }

    [Fact]
    public async Task Jose_VerifiesOurs_AndWeVerifyItsOwn_AndRefuseWhatItMakesOtherwise()
    {
        var file = Path.Combine(_folder.Path, "tokens.json");
        var asked = new { token = _tokens.Issue(_ann).Token, secret = Secret, now = _clock.Now.ToUnixTimeSeconds(), claims = ForgedTokens.Claims };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(asked), Cancel);

        var run = await NodeClients.RunAsync("tokens.mjs", [file], Cancel);

        run.ExitCode.ShouldBe(0, run.Everything);
        var made = JsonDocument.Parse(run.Out).RootElement;
        _tokens.TryRead(made.GetProperty("good").GetString()!, out var says).ShouldBeTrue(run.Everything);
        says!.UserId.ShouldBe("user_x");
        var bad = made.GetProperty("bad").EnumerateObject().ToList();
        bad.Count.ShouldBe(12);
        bad.Where(b => _tokens.TryRead(b.Value.GetString()!, out _)).Select(b => b.Name).ShouldBeEmpty();
    }

    private SignInTokens Tokens(string secret, string? before = null) => new(Keys(secret, before), new TokenOptions(), new SystemRandomBytes(), _clock);

    private MediaLinks Links(string secret, string? before = null) => new(Keys(secret, before), new TokenOptions(), _clock);

    private TokenKeys Keys(string secret, string? before) => new(new TokenOptions { Secret = secret, PreviousSecret = before }, new DataFolder(_folder.Path), new SystemRandomBytes(), new KeyFiles());

    private MediaLink Link()
    {
        JobId.TryParse("3f0c9a525d1e4b7a9c110a2b4c6d8e0f", out var job).ShouldBeTrue();
        return new MediaLink("user_x", job, AssetRole.Image, 2, DateTimeOffset.FromUnixTimeSeconds(_start.ToUnixTimeSeconds() + 600));
    }

    private readonly DateTimeOffset _start = new TestClock().Now;
}
