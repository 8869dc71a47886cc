using Kinora.Server.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

public sealed class UsersCommandTests : IDisposable
{
    private const string Good = "a horse's söng ";

    private readonly KinoraProgram _kinora = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Add_TheFirst_IsTheOperator_AndHisPasswordIsNowhereOnTheDisk()
    {
        var made = await AddAsync("Boss", "--role", "admin");

        made.ExitCode.ShouldBe(0, made.Error);
        made.Out.TrimEnd().ShouldBe("Made Boss, admin.");
        var list = (await _kinora.RunAsync("users", "list")).Out;
        list.ShouldContain("local  ");
        list.ShouldContain("Boss  admin  enabled");
        foreach (var file in Directory.GetFiles(_kinora.Data, "*", SearchOption.AllDirectories))
        {
            System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Cancel)).ShouldNotContain(Good.Trim(), customMessage: file);
        }
    }

    [Fact]
    public async Task Add_TheFirst_MustBeAnAdmin()
    {
        var run = await AddAsync("ann");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("the first must be an admin's: add `--role admin`");
        (await _kinora.RunAsync("users", "list")).Out.ShouldContain("No accounts yet.");
    }

    [Fact]
    public async Task AddListDisableEnablePasswd_AsJson()
    {
        await AddAsync("boss", "--role", "admin");
        var ann = (await AddAsync("ann", "--daily-budget", "2.5", "--json")).Json;
        ann.GetProperty("id").GetString()!.ShouldMatch("^user_[0-9a-f]{32}$");
        (ann.GetProperty("username").GetString(), ann.GetProperty("role").GetString()).ShouldBe(("ann", "user"));
        ann.GetProperty("daily_budget_usd").GetDecimal().ShouldBe(2.5m);
        ann.GetProperty("monthly_budget_usd").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        ann.GetProperty("password_change_required").GetBoolean().ShouldBeFalse();

        (await _kinora.RunAsync("users", "disable", "ANN", "--json")).Json.GetProperty("disabled_at").GetInt64().ShouldBeGreaterThan(0);
        (await _kinora.RunAsync("users", "list")).Out.ShouldContain("disabled ");
        (await _kinora.RunAsync("users", "enable", "ann", "--json")).Json.GetProperty("disabled_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var passwd = await _kinora.RunAsync(["users", "passwd", "ann", "--json"], "two horses' song\r\nnot this line\n");
        passwd.Json.GetProperty("id").GetString().ShouldBe(ann.GetProperty("id").GetString());

        var all = (await _kinora.RunAsync("users", "list", "--json")).Json.GetProperty("data");
        all.EnumerateArray().Select(a => a.GetProperty("username").GetString()).ShouldBe(["boss", "ann"]);
        all[0].GetProperty("id").GetString().ShouldBe("local");
        all.ToString().ShouldNotContain("password\"");
    }

    [Fact]
    public async Task Add_OneName_ByTwoProcessesAtOnce_MakesItOnce()
    {
        await AddAsync("boss", "--role", "admin");

        var runs = await Task.WhenAll(AddAsync("ann"), AddAsync("Ann"));

        runs.Select(r => r.ExitCode).Order().ShouldBe([0, 2]);
        runs.Single(r => r.ExitCode == 2).Error.ShouldContain("User already exists");
    }

    [Fact]
    public async Task Keys_OfAName_BelongToTheAccount_AndAnyOtherWordStandsForItself()
    {
        await AddAsync("boss", "--role", "admin");
        var id = (await AddAsync("Ann", "--json")).Json.GetProperty("id").GetString()!;

        (await _kinora.RunAsync("keys", "create", "--name", "x", "--user", "ann", "--json")).Json.GetProperty("user").GetString().ShouldBe(id);
        (await _kinora.RunAsync("keys", "create", "--name", "x", "--user", id, "--json")).Json.GetProperty("user").GetString().ShouldBe(id);
        (await _kinora.RunAsync("keys", "create", "--name", "x", "--user", "bob", "--json")).Json.GetProperty("user").GetString().ShouldBe("bob");
        (await _kinora.RunAsync("keys", "create", "--name", "x", "--json")).Json.GetProperty("user").GetString().ShouldBe("local");
        (await _kinora.RunAsync("keys", "list", "--user", "ANN", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    public static TheoryData<string[], string, string> Refusals() => new()
    {
        { ["add"], Good, "kinora users add --help" },
        { ["add", "x", "--role", "king"], Good, "kinora users add --help" },
        { ["add", "x\ny", "--role", "admin"], Good, "plain characters" },
        { ["add", "local", "--role", "admin"], Good, "kept for Kinora" },
        { ["add", "x", "--role", "admin", "--daily-budget", "-1"], Good, "A budget is 0 to" },
        { ["add", "x", "--role", "admin"], "", "Username and password required" },
        { ["add", "x", "--role", "admin"], "short\n", "at least 8 characters" },
        { ["add", "x", "--role", "admin"], new string('x', 1_000_000), "at most 128 characters" },
        { ["add", "x", "--role", "admin"], "P@ssw0rd1\n", "tried first" },
        { ["passwd", "nobody"], Good, "There is no user with that name. `kinora users list` shows all.\n" },
        { ["disable", "nobody"], "", "There is no user with that name" },
        { [], "", "kinora users --help" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_InOneSentence(string[] arguments, string input, string says)
    {
        using var process = _kinora.Start(["users", .. arguments]);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It answered before it had read all.
        }

        var run = await KinoraProgram.EndAsync(process);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain(says);
        (await _kinora.RunAsync("users", "list")).Out.ShouldContain("No accounts yet.");
    }

    [Fact]
    public async Task TheLastAdmin_StaysEnabled()
    {
        await AddAsync("boss", "--role", "admin");

        var run = await _kinora.RunAsync("users", "disable", "boss");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Make another admin first");
    }

    [Theory]
    [InlineData("one\ntwo\n", "one")]
    [InlineData(" one \r\n", " one ")]
    [InlineData("one", "one")]
    [InlineData("\n", "")]
    [InlineData("", "")]
    [InlineData("\tö🐎\r\r\n", "\tö🐎\r")]
    public void FirstLine_IsTakenAsItIs(string input, string password) =>
        PasswordInput.FirstLine(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input))).ShouldBe(password);

    [Fact]
    public void FirstLine_ThatIsNoText_IsRefused() =>
        Should.Throw<Kinora.Errors.KinoraException>(() => PasswordInput.FirstLine(new MemoryStream([0x61, 0xff, 0x0a]))).Message.ShouldContain("not UTF-8");

    private Task<Run> AddAsync(string name, params string[] more) => _kinora.RunAsync(["users", "add", name, .. more], Good + "\n");
}
