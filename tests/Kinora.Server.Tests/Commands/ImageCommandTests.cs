using System.Security.Cryptography;
using System.Text.Json;
using Kinora.Adapters.Media.Images;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Commands;

/// <summary>Pictures through the real program, with the built-in renderer.</summary>
public sealed class ImageCommandTests : IDisposable
{
    private static readonly string[] Small = ["--size", "160x128"];

    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    [Theory]
    [InlineData("fox.png", null, "image/png")]
    [InlineData("fox.jpg", null, "image/jpeg")]
    [InlineData("fox.WEBP", null, "image/webp")]
    [InlineData("fox", "jpeg", "image/jpeg")]
    public async Task Image_WritesAPictureOfTheAskedSize_InTheFormatOfItsName(string name, string? format, string type)
    {
        string[] arguments = ["image", "A fox in the snow", .. Small, "--out", name];

        var run = await _kinora.RunAsync(format is null ? arguments : [.. arguments, "--format", format]);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.Trim().ShouldBe(name);
        Header(name).ShouldBe(new CleanImage(type, 160, 128));
    }

    [Fact]
    public async Task Image_NamesTheFileAfterThePrompt_AndNumbersSeveral()
    {
        (await _kinora.RunAsync(["image", "A Fox!", .. Small])).Out.Trim().ShouldBe("a-fox.png");
        (await _kinora.RunAsync(["image", "A Fox!", .. Small])).Out.Trim().ShouldBe("a-fox-2.png");
        (await _kinora.RunAsync(["image", "!!", .. Small])).Out.Trim().ShouldBe("image.png");

        var three = await _kinora.RunAsync(["image", "houses", .. Small, "--count", "3", "--out", "h.png", "--json"]);

        three.ExitCode.ShouldBe(0, three.Error);
        var files = three.Json.GetProperty("files").EnumerateArray().ToList();
        files.ConvertAll(f => f.GetProperty("saved_to").GetString()).ShouldBe(["h.png", "h-2.png", "h-3.png"]);
        files.ConvertAll(f => f.GetProperty("id").GetString()).ShouldBe([Id(three.Json), Id(three.Json) + "_2", Id(three.Json) + "_3"]);
        files.ConvertAll(f => f.GetProperty("sha256").GetString()!).ShouldBe(files.ConvertAll(f => Hash(f.GetProperty("saved_to").GetString()!)));
        three.Json.GetProperty("saved_to").GetString().ShouldBe("h.png");
        // Each has a copy in the workspace.
        files.ConvertAll(f => File.Exists(Path.Combine(_kinora.Data, "workspace", f.GetProperty("workspace_name").GetString()!))).ShouldAllBe(there => there);
    }

    [Fact]
    public async Task Image_NumberedNameThatIsTaken_IsRefusedBeforeAnythingIsMade()
    {
        await File.WriteAllTextAsync(_kinora.PathOf("h-3.png"), "mine");

        var run = await _kinora.RunAsync(["image", "houses", .. Small, "--count", "3", "--out", "h.png"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("\"h-3.png\" exists already");
        (await _kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
        (await _kinora.RunAsync(["image", "houses", .. Small, "--count", "2", "--out", "h.png"])).ExitCode.ShouldBe(0);
        (await File.ReadAllTextAsync(_kinora.PathOf("h-3.png"))).ShouldBe("mine");
    }

    [Fact]
    public async Task Image_WithInputs_ChangesThem_AFileOfThatNameWins()
    {
        var first = (await _kinora.RunAsync(["image", "A robot", .. Small, "--out", "robot.png", "--json"])).Json;

        var byFile = await _kinora.RunAsync("image", "make it night", "--input", "robot.png", "--out", "night.png", "--json");
        var byId = await _kinora.RunAsync("image", "make it night", "--input", Id(first), "--out", "night-too.png", "--json");
        var from = await _kinora.RunAsync("image", "make it night", "--from", Id(first), "--out", "on.png", "--json");

        byFile.ExitCode.ShouldBe(0, byFile.Error);
        (byFile.Json.GetProperty("operation").GetString(), byFile.Json.GetProperty("size").GetString()).ShouldBe(("edit", "160x128"));
        Hash("night.png").ShouldNotBe(Hash("robot.png"));
        Hash("night-too.png").ShouldBe(Hash("night.png"));
        (byId.Json.GetProperty("source_id").ValueKind, from.Json.GetProperty("source_id").GetString()).ShouldBe((JsonValueKind.Null, Id(first)));
        await File.WriteAllTextAsync(_kinora.PathOf(Id(first)), "no picture");
        (await _kinora.RunAsync("image", "x", "--input", Id(first))).Error.ShouldContain("--input: ");
    }

    [Fact]
    public async Task Image_WithAMask_ChangesOnlyWhereItIsOpen()
    {
        await _kinora.RunAsync(["image", "A robot", .. Small, "--out", "robot.png"]);
        (await _kinora.RunAsync(["image", "A robot", .. Small, "--background", "transparent", "--out", "mask.png"])).ExitCode.ShouldBe(0);

        (await _kinora.RunAsync("image", "make it night", "--input", "robot.png", "--mask", "mask.png", "--out", "night.png")).ExitCode.ShouldBe(0);
        var wrong = await _kinora.RunAsync("image", "x", "--input", "robot.png", "--mask", "robot.png");

        Hash("night.png").ShouldNotBe(Hash("robot.png"));
        (wrong.ExitCode, wrong.Error.Contains("no transparent part", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    [Fact]
    public async Task Image_SameKeyTwice_MakesOneJob_AndWritesItsFilesAgain()
    {
        var first = await _kinora.RunAsync(["image", "A cat", .. Small, "--idempotency-key", "k", "--out", "1.png", "--json"]);
        var again = await _kinora.RunAsync(["image", "A cat", .. Small, "--idempotency-key", "k", "--out", "2.png", "--json"]);

        Id(again.Json).ShouldBe(Id(first.Json));
        Hash("2.png").ShouldBe(Hash("1.png"));
    }

    [Fact]
    public async Task Image_NoWait_LeavesItToAWorker_AndWaitTellsWhereItIs()
    {
        var run = await _kinora.RunAsync(["image", "A cat", .. Small, "--no-wait"]);
        var id = run.Out.Trim();

        (run.ExitCode, id[..6]).ShouldBe((0, "image_"));
        run.Error.ShouldContain($"kinora wait {id}");
        var waited = await _kinora.RunAsync("wait", id);
        waited.ExitCode.ShouldBe(0, waited.Error);
        waited.Out.ShouldContain(id + "  completed");
        waited.Out.ShouldContain(Path.Combine(_kinora.Data, "workspace", "generated_images", "single_shot"));
    }

    [Fact]
    public async Task JobCommands_WorkOnImages_OrRefuseInTheirWords()
    {
        var id = Id((await _kinora.RunAsync(["image", "cats", .. Small, "--count", "2", "--out", "c.png", "--json"])).Json);
        await _kinora.RunAsync("create", "A cat", "--size", "320x180", "--seconds", "1");

        (await _kinora.RunAsync("list", "--kind", "image", "--json")).Json.GetProperty("data").EnumerateArray().Select(Id).ShouldBe([id]);
        (await _kinora.RunAsync("list", "--kind", "video")).Out.ShouldStartWith("video_");
        (await _kinora.RunAsync("list", "--kind", "video", "--search", "nothing")).Out.Trim().ShouldBe("Nothing matches.");
        (await _kinora.RunAsync("list", "--after", id)).Out.Trim().ShouldBe("Nothing matches.");
        (await _kinora.RunAsync("status", id + "_2")).Out.ShouldContain("160x128");

        var second = await _kinora.RunAsync("download", id + "_2", "--out", "two.png", "--json");
        second.Json.GetProperty("id").GetString().ShouldBe(id + "_2");
        Hash("two.png").ShouldBe(Hash("c-2.png"));
        var one = await _kinora.RunAsync("download", id);
        (one.Out.Trim(), one.Error.Trim()).ShouldBe(("cats.png", $"This is the first of 2 pictures; the next one is {id}_2."));
        (await _kinora.RunAsync("download", id + "_3")).Error.ShouldContain("This job has no image number 3. It has: image (2).");
        (await _kinora.RunAsync("download", id, "--variant", "video")).Error.ShouldContain("This job has no video. It has: image (2).");
        foreach (var command in new[] { "remix", "edit", "extend" })
        {
            var refused = await _kinora.RunAsync(command, id, "more");
            (refused.ExitCode, refused.Error.Contains("That is the id of an image; only a video can be remixed, edited, extended or continued", StringComparison.Ordinal)).ShouldBe((2, true));
        }

        (await _kinora.RunAsync("cancel", id)).Error.ShouldContain("at its end already");
        (await _kinora.RunAsync("delete", id)).Out.Trim().ShouldBe($"Deleted {id}.");
        (await _kinora.RunAsync("status", id)).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Create_ReferenceMadeHere_IsFittedToTheVideo()
    {
        var id = Id((await _kinora.RunAsync(["image", "A boat", .. Small, "--out", "boat.png", "--json"])).Json);

        var run = await _kinora.RunAsync("create", "It sails", "--reference", id, "--size", "320x180", "--seconds", "1", "--out", "boat.mp4");

        run.ExitCode.ShouldBe(0, run.Error);
        run.Error.ShouldNotContain("note:");
        File.Exists(_kinora.PathOf("boat.mp4")).ShouldBeTrue();
    }

    [Fact]
    public async Task Models_TellWhatTheyMakeOfPictures() =>
        (await _kinora.RunAsync("models")).Out.ShouldContain("pictures: 10 at once, png/jpeg/webp, changes one, mask, transparent");

    public static TheoryData<string[], string> Refusals() => new()
    {
        { ["image"], "image --help" },
        { ["image", ""], "The prompt is empty. Say what the image shows." },
        { ["image", "x", "--size", "64x64"], "you asked for 64x64" },
        { ["image", "x", "--size", "large"], "WIDTHxHEIGHT" },
        { ["image", "x", "--format", "gif"], "The format is one of png, jpeg, webp." },
        { ["image", "x", "--quality", "best"], "The quality is one of auto, low" },
        { ["image", "x", "--background", "red"], "The background is one of auto" },
        { ["image", "x", "--background", "transparent", "--format", "jpeg"], "A JPEG cannot be transparent." },
        { ["image", "x", "--background", "transparent", "--out", "x.jpg"], "A JPEG cannot be transparent." },
        { ["image", "x", "--count", "0"], "you asked for 0" },
        { ["image", "x", "--count", "11"], "at most 10 pictures" },
        { ["image", "x", "--count", "many"], "many" },
        { ["image", "x", "--input", "missing.png"], "--input: There is no file \"missing.png\"" },
        { ["image", "x", "--input", "text.png"], "--input: " },
        { ["image", "x", "--input", "image_00000000000000000000000000000000"], "--input: There is no image with that id." },
        { ["image", "x", "--mask", "missing.png"], "--mask: There is no file" },
        { ["image", "x", "--from", "image_00000000000000000000000000000000"], "There is no image with that id." },
        { ["image", "x", "--from", "nonsense"], "There is no image with that id." },
        { ["image", "x", "--session", "nonsense"], "There is no session with that id. `kinora session list`" },
        { ["image", "x", "--session", "nonsense", "--model", "animatic/storyboard"], "leave --model out" },
        { ["image", "x", "--seconds", "4"], "--seconds" },
        { ["image", "x", "--out", "nofolder/x.png"], "does not exist" },
        { ["create", "x", "--reference", "image_00000000000000000000000000000000"], "--reference: There is no image with that id." },
        { ["list", "--kind", "sound"], "sound" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refused_SaysWhatIsWrongAndWhatIsAllowed(string[] arguments, string says)
    {
        await File.WriteAllTextAsync(_kinora.PathOf("text.png"), "this is no picture");

        var run = await _kinora.RunAsync(arguments);

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain(says);
        run.Out.ShouldBe("");
        (await _kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private static string Id(JsonElement job) => job.GetProperty("id").GetString()!;

    private string Hash(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_kinora.PathOf(name))));

    private CleanImage Header(string name) => ImageHeader.Read(_kinora.PathOf(name)).Image;
}
