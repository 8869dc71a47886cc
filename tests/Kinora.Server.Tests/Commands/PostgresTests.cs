using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Mcp;
using Kinora.Tests.Sql;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>The real program on a PostgreSQL database: the same commands, the same doors.</summary>
public sealed class PostgresTests : IAsyncDisposable
{
    private readonly string _schema = "t_" + Guid.NewGuid().ToString("N");
    private LabFixture? _scene;

    public async ValueTask DisposeAsync()
    {
        if (_scene is not null)
        {
            await _scene.DisposeAsync();
        }

        await (await SharedPostgres.GetAsync()).ExecuteAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
    }

    [Fact]
    public async Task Create_FromTheCommandLine_IsPaidOnceAndKept()
    {
        var scene = await SceneAsync();
        var again = LabFixture.Arguments("running=2", "--idempotency-key", "k");

        var made = await scene.Kinora.RunAsync(again);

        made.ExitCode.ShouldBe(0, made.Error);
        (await scene.Kinora.RunAsync(again)).Json.GetProperty("id").GetString().ShouldBe(made.Json.GetProperty("id").GetString());
        scene.Creates.ShouldBe(1);
        (await scene.Kinora.StatusAsync(await scene.Kinora.OnlyJobAsync())).GetProperty("status").GetString().ShouldBe("completed");
        File.Exists(Path.Combine(scene.Kinora.Data, "kinora.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task Serve_MakesShowsAndRemembersAcrossARestart()
    {
        var scene = await SceneAsync();
        scene.Kinora.Environment["KINORA_ADMIN_PASSWORD"] = ServedApi.AdminPassword;
        var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();
        string id;
        using (var admin = await SignInAsync(served))
        {
            id = await admin.MadeAsync(new { prompt = "A harbour at dawn [lab:running=2]", model = "lab/lab-video", size = "1280x720", seconds = "4" });
            (await admin.GetAsync("/ready")).Text.ShouldContain("ready");
        }

        await served.KillAsync();
        await served.StartAsync();
        using var later = await SignInAsync(served);

        (await later.GetAsync($"/api/videos/{id}/content")).Bytes.Length.ShouldBeGreaterThan(1_000);
        (await (await SharedPostgres.GetAsync()).ExecuteAsync($"SELECT COUNT(*) FROM {_schema}.jobs WHERE status = 'completed'")).ShouldBe(1L);
        scene.Creates.ShouldBe(1);
        await served.DisposeAsync();
    }

    [Fact]
    public async Task Doctor_TellsTheServersVersion()
    {
        var scene = await SceneAsync();

        (await scene.Kinora.RunAsync("doctor")).Out.ShouldContain("PostgreSQL 1");
    }

    [Theory]
    [InlineData("postgres://kinora:hidden-word@127.0.0.1:{0}/postgres", "refuses the user name or password")]
    [InlineData("postgres://kinora:hidden-word@127.0.0.1/", "names no database")]
    [InlineData("Host=127.0.0.1;Pasword=hidden-word", "a PostgreSQL connection string is expected")]
    public async Task SettingThatDoesNotWork_IsToldInOneSentence_WithoutThePassword(string setting, string told)
    {
        var scene = await SceneAsync();
        scene.Kinora.Environment["KINORA__Database"] = setting.Replace("{0}", FormattableString.Invariant($"{(await SharedPostgres.GetAsync()).Port}"), StringComparison.Ordinal);

        foreach (var command in new[] { "list", "doctor", "serve" })
        {
            var run = await scene.Kinora.RunAsync(command);

            run.ExitCode.ShouldNotBe(0);
            (run.Out + run.Error).ShouldContain(told);
            (run.Out + run.Error).ShouldNotContain("hidden-word");
        }

        foreach (var file in Directory.Exists(scene.Kinora.Data) ? Directory.GetFiles(scene.Kinora.Data, "*", SearchOption.AllDirectories) : [])
        {
            (await File.ReadAllTextAsync(file)).ShouldNotContain("hidden-word");
        }
    }

    private static async Task<ApiClient> SignInAsync(ServedProduct served)
    {
        var url = served.Url[..^"/mcp".Length];
        using var stranger = new ApiClient(url, token: null);
        var reply = await stranger.PostAsync("/api/auth/login", new { username = "admin", password = ServedApi.AdminPassword });
        return new ApiClient(url, reply.Json.GetProperty("token").GetString());
    }

    private async Task<LabFixture> SceneAsync()
    {
        var server = await SharedPostgres.GetAsync();
        await server.ExecuteAsync($"CREATE SCHEMA {_schema}");
        _scene = await LabFixture.StartAsync();
        _scene.Kinora.Environment["KINORA__Database"] = $"{server.Address}?search_path={_schema}";
        return _scene;
    }
}
