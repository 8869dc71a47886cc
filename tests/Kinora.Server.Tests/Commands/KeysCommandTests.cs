using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

public sealed class KeysCommandTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Create_PrintsTheKeyAloneAndOnce_AndItIsNowhereOnTheDisk()
    {
        var made = await _kinora.RunAsync("keys", "create", "--name", "laptop");

        made.ExitCode.ShouldBe(0, made.Error);
        var key = made.Out.TrimEnd();
        key.ShouldMatch("^kin_[A-Za-z0-9_-]{43}$");
        made.Error.ShouldContain("only this once");
        made.Error.ShouldNotContain(key);
        var list = await _kinora.RunAsync("keys", "list");
        list.Out.ShouldContain("laptop");
        list.Out.ShouldContain("read,create");
        list.Out.ShouldContain("never used");
        foreach (var file in Directory.GetFiles(_kinora.Data, "*", SearchOption.AllDirectories))
        {
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)).ShouldNotContain(key[4..], customMessage: file);
        }
    }

    [Fact]
    public async Task CreateListRevoke_AsJson()
    {
        var made = (await _kinora.RunAsync("keys", "create", "--name", "agent", "--scope", "read,admin", "--user", "ann", "--json")).Json;
        var id = made.GetProperty("id").GetString()!;
        made.GetProperty("key").GetString().ShouldStartWith("kin_");
        made.GetProperty("user").GetString().ShouldBe("ann");
        made.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["read", "admin"]);
        await _kinora.RunAsync("keys", "create", "--name", "other");

        var revoked = await _kinora.RunAsync("keys", "revoke", id, "--json");

        revoked.Json.GetProperty("revoked").GetBoolean().ShouldBeTrue();
        var all = (await _kinora.RunAsync("keys", "list", "--json")).Json.GetProperty("data");
        all.EnumerateArray().Select(k => k.GetProperty("name").GetString()).ShouldBe(["agent", "other"]);
        all[0].GetProperty("revoked_at").GetInt64().ShouldBeGreaterThan(0);
        all[1].GetProperty("revoked_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        all[0].TryGetProperty("key", out _).ShouldBeFalse();
        (await _kinora.RunAsync("keys", "list", "--user", "ann", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(1);
        (await _kinora.RunAsync("keys", "list")).Out.ShouldContain("revoked ");
    }

    public static TheoryData<string[], string> Refusals() => new()
    {
        { ["keys", "create"], "kinora keys create --help" },
        { ["keys", "create", "--name", ""], "1 to 100 characters" },
        { ["keys", "create", "--name", "x", "--scope", "read,write"], "There is no scope \"write\". There are read, create, admin." },
        { ["keys", "create", "--name", "x", "--scope", ","], "could do nothing" },
        { ["keys", "create", "--name", "x", "--user", ""], "1 to 100 characters" },
        { ["keys", "revoke"], "kinora keys revoke --help" },
        { ["keys", "revoke", "key_00000000000000000000000000000000"], "There is no key with that id. `kinora keys list` shows what there is." },
        { ["keys"], "kinora keys --help" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_InOneSentence(string[] arguments, string says)
    {
        var run = await _kinora.RunAsync(arguments);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain(says);
        (await _kinora.RunAsync("keys", "list")).Out.ShouldContain("No keys yet.");
    }
}
