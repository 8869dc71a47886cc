using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Conversations about pictures through the real program: every command is a process of its own, so all of it survives restarts.</summary>
public sealed class SessionCommandTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Session_FromItsBeginningToItsEnd()
    {
        var begun = await _kinora.RunAsync("session", "new", "Flat colours, a calm lake", "--name", "Lake");
        begun.ExitCode.ShouldBe(0, begun.Error);
        var id = begun.Out.Trim();
        begun.Error.ShouldContain($"kinora session say {id} PROMPT");

        var first = await SayAsync(id, "A boat", "--size", "160x128");
        var second = await SayAsync(id, "make it night");
        var branch = await SayAsync(id, "make it sunset", "--from", first);
        var last = (await _kinora.RunAsync("image", "add rain", "--session", id, "--out", "rain.png", "--json")).Json;

        last.GetProperty("source_id").GetString().ShouldBe(branch);
        last.GetProperty("session_id").GetString().ShouldBe(id);
        last.GetProperty("size").GetString().ShouldBe("160x128");
        var shown = (await _kinora.RunAsync("session", "show", id, "--json")).Json;
        shown.GetProperty("name").GetString().ShouldBe("Lake");
        shown.GetProperty("turns").EnumerateArray().Select(t => (t.GetProperty("id").GetString(), t.GetProperty("source_id").GetString()))
            .ShouldBe([(first, null), (second, first), (branch, first), (last.GetProperty("id").GetString(), branch)]);
        (await _kinora.RunAsync("session", "show", id)).Out.ShouldContain($"{second}  make it night  (from {first})");
        (await _kinora.RunAsync("session", "list")).Out.Trim().ShouldMatch($"^{id}  4 turns    used .*  Lake$");

        (await _kinora.RunAsync("session", "close", id)).Out.ShouldStartWith(id + "  closed  Lake");
        (await _kinora.RunAsync("session", "close", id)).ExitCode.ShouldBe(0);
        var refused = await _kinora.RunAsync("session", "say", id, "more", "--json");
        (refused.ExitCode, refused.Json.GetProperty("error").GetProperty("code").GetString()).ShouldBe((2, "session_closed"));
        (await _kinora.RunAsync("session", "list")).Out.ShouldStartWith("No active sessions.");
        (await _kinora.RunAsync("session", "list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Promote_ByIdByNameAndByPath_AlsoWhenTheDatabaseIsGone()
    {
        var made = (await _kinora.RunAsync("image", "A boat", "--size", "160x128", "--out", "boat.png", "--json")).Json;
        var name = made.GetProperty("files")[0].GetProperty("workspace_name").GetString()!;
        var path = Path.Combine(_kinora.Data, "workspace", name);

        foreach (var picture in new[] { made.GetProperty("id").GetString()!, name, path })
        {
            var promoted = await _kinora.RunAsync("session", "promote", picture, "Go on", "--json");
            promoted.ExitCode.ShouldBe(0, promoted.Error);
            promoted.Json.GetProperty("origin_id").GetString().ShouldBe(made.GetProperty("id").GetString());
        }

        foreach (var file in Directory.GetFiles(_kinora.Data, "kinora.db*"))
        {
            File.Delete(file);
        }

        Directory.Delete(Path.Combine(_kinora.Data, "assets"), recursive: true);
        var again = await _kinora.RunAsync("session", "promote", name, "Go on");
        again.ExitCode.ShouldBe(0, again.Error);
        (await _kinora.RunAsync("session", "show", again.Out.Trim())).Out.ShouldContain("began    with a picture of \"A boat\"");
        (await SayAsync(again.Out.Trim(), "make it night")).ShouldStartWith("image_");
        (await _kinora.RunAsync("session", "promote", made.GetProperty("id").GetString()!, "Go on")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Say_TheSameKeyAgain_MakesNoSecondTurn()
    {
        var id = (await _kinora.RunAsync("session", "new", "A lake")).Out.Trim();

        var first = await SayAsync(id, "A boat", "--size", "160x128", "--idempotency-key", "k");

        (await SayAsync(id, "A boat", "--size", "160x128", "--idempotency-key", "k")).ShouldBe(first);
        (await _kinora.RunAsync("session", "show", id, "--json")).Json.GetProperty("turn_count").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Limits_AreThoseOfTheSettings()
    {
        _kinora.Environment["MCP_MAX_SESSIONS"] = "1";
        (await _kinora.RunAsync("session", "new", "one")).ExitCode.ShouldBe(0);

        var refused = await _kinora.RunAsync("session", "new", "two");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("There is 1 active session already");
    }

    public static TheoryData<string[], string> Refusals() => new()
    {
        { ["session"], "kinora session --help" },
        { ["session", "new"], "kinora session new --help" },
        { ["session", "new", ""], "The description says what the session is about" },
        { ["session", "new", "x", "--name", ""], "1 to 200 characters" },
        { ["session", "new", "x", "--model", "nosuch"], "`kinora models` lists all." },
        { ["session", "show", "nope"], "There is no session with that id. `kinora session list` shows the active ones." },
        { ["session", "close", "00000000-0000-0000-0000-000000000000"], "There is no session with that id." },
        { ["session", "say", "nope", "x"], "There is no session with that id." },
        { ["session", "say", "nope", "x", "--model", "animatic/storyboard"], "--model" },
        { ["session", "promote", "nothing.png", "x"], "kinora: " },
        { ["session", "promote", "image_00000000000000000000000000000000", "x"], "There is no image with that id." },
        { ["session", "promote", "../../etc/passwd", "x"], "The file name is not allowed." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_InOneSentence(string[] arguments, string says)
    {
        var run = await _kinora.RunAsync(arguments);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain(says);
        run.Out.ShouldBe("");
        (await _kinora.RunAsync("session", "list")).Out.ShouldStartWith("No active sessions.");
    }

    /// <summary>A turn's id.</summary>
    private async Task<string> SayAsync(string session, string prompt, params string[] more)
    {
        var run = await _kinora.RunAsync(["session", "say", session, prompt, "--json", .. more]);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("status").GetString().ShouldBe("completed");
        return run.Json.GetProperty("id").GetString()!;
    }
}
