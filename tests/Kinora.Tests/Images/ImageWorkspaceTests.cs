using System.Text.Json;
using Kinora.Adapters.Storage;
using Kinora.Folders;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;
using Kinora.Tests.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Images;

/// <summary>The copies for people: their names, the notes beside them, and what may stand in the way.</summary>
public sealed class ImageWorkspaceTests : IAsyncLifetime
{
    private readonly SessionScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(null, "single_shot")]
    [InlineData("general", "single_shot")]
    [InlineData("product", "products")]
    [InlineData("icon", "ui_assets/icons")]
    [InlineData("illustration", "ui_assets/illustrations")]
    [InlineData("background", "ui_assets/backgrounds")]
    [InlineData("hero", "ui_assets/heroes")]
    [InlineData("style_series", "style_series")]
    public async Task Save_PictureOfNoSession_LiesWhereItsUseSays(string? use, string folder)
    {
        var job = await _scene.SingleAsync(new GenerationDraft { Prompt = "A Red, red fox!", UseCase = use });

        job.Assets[0].WorkspaceName.ShouldBe($"generated_images/{folder}/20261120_120000_a-red-red-fox_{job.Id.Hex[..8]}.png");
        (await File.ReadAllTextAsync(OnDisk(job), Cancel)).ShouldBe("A Red, red fox! 1");
        job.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("狐狸", "image")]
    [InlineData("....", "image")]
    [InlineData("a very long prompt that goes on and on and never comes to its end", "a-very-long-prompt-that-goes-on-and-on-a")]
    public async Task Save_AnyPrompt_GivesAPlainName(string prompt, string words) =>
        (await _scene.SingleAsync(new GenerationDraft { Prompt = prompt })).Assets[0].WorkspaceName!.ShouldContain($"_{words}_");

    [Fact]
    public async Task Save_SeveralPictures_AreNumbered()
    {
        var job = await _scene.SingleAsync(new GenerationDraft { Prompt = "foxes", Count = 3 });

        var stem = $"generated_images/single_shot/20261120_120000_foxes_{job.Id.Hex[..8]}";
        job.Assets.Select(a => a.WorkspaceName).ShouldBe([$"{stem}.png", $"{stem}_2.png", $"{stem}_3.png"]);
        (await File.ReadAllTextAsync(OnDisk(job, 2), Cancel)).ShouldBe("foxes 3");
    }

    [Fact]
    public async Task Save_InASession_IsNumberedAcrossTurns_WithALogOfAllOfThem()
    {
        var session = (await _scene.Sessions.CreateAsync(SessionScene.Ann, new SessionDraft { Description = "a logo", Name = "Bakery" }, Cancel)).Id.ToString();
        var first = await _scene.TurnAsync(session, "two loaves", count: 2);
        var second = await _scene.TurnAsync(session, "make it blue", from: first.PublicId + "_2");

        var folder = $"generated_images/sessions/{session}";
        first.Assets.Select(a => a.WorkspaceName).ShouldBe([$"{folder}/images/image_001.png", $"{folder}/images/image_002.png"]);
        second.Assets.Single().WorkspaceName.ShouldBe($"{folder}/images/image_003.png");
        (await ReadAsync($"{folder}/conversation_log.json")).ShouldBe(
            $$"""
            {
              "session_id": "{{session}}",
              "session_name": "Bakery",
              "description": "a logo",
              "model": "fake/model",
              "created_at": "2026-11-20T12:00:00+00:00",
              "last_activity": {{At(second)}},
              "turns": [
                {
                  "turn": 1,
                  "at": "2026-11-20T12:00:00+00:00",
                  "prompt": "two loaves",
                  "revised_prompt": "two loaves, revised",
                  "remarks": null,
                  "from_image": null,
                  "image_ids": [
                    "{{first.PublicId}}",
                    "{{first.PublicId}}_2"
                  ],
                  "image_paths": [
                    "{{folder}}/images/image_001.png",
                    "{{folder}}/images/image_002.png"
                  ]
                },
                {
                  "turn": 2,
                  "at": {{At(second)}},
                  "prompt": "make it blue",
                  "revised_prompt": "make it blue, revised",
                  "remarks": null,
                  "from_image": "{{first.PublicId}}_2",
                  "image_ids": [
                    "{{second.PublicId}}"
                  ],
                  "image_paths": [
                    "{{folder}}/images/image_003.png"
                  ]
                }
              ]
            }
            """);
    }

    [Fact]
    public async Task Save_Notes_HaveTheFieldsOfTheOriginalServer()
    {
        var session = (await _scene.Sessions.CreateAsync(SessionScene.Ann, new SessionDraft { Description = "a logo", Name = "Bakery" }, Cancel)).Id.ToString();
        await _scene.TurnAsync(session, "a loaf");
        var job = await _scene.TurnAsync(session, new GenerationDraft { Prompt = "make it \"blue\" größer 狐", Quality = "high", Background = "transparent", Size = "64x64" });

        (await ReadAsync($"generated_images/sessions/{session}/images/image_002_metadata.json")).ShouldBe(
            $$"""
            {
              "original_prompt": "make it \"blue\" größer 狐",
              "revised_prompt": "make it \"blue\" größer 狐, revised",
              "model": "fake/model",
              "generation_params": {
                "quality": "high",
                "size": "64x64",
                "background": "transparent",
                "format": "png",
                "style": "default"
              },
              "session_id": "{{session}}",
              "session_name": "Bakery",
              "created_at": {{At(job)}},
              "timestamp": {{At(job)}},
              "generation_id": "{{job.PublicId}}",
              "generation_call_id": "call-1",
              "file_size_bytes": {{job.Assets[0].Bytes}},
              "use_case": "general",
              "image_path": "generated_images/sessions/{{session}}/images/image_002.png",
              "conversation_length": 2,
              "sha256": "{{job.Assets[0].Sha256}}",
              "mime_type": "image/png",
              "width": 64,
              "height": 64
            }
            """);
    }

    [Fact]
    public async Task Save_NotesOfASingleShot_NameNoSession()
    {
        var job = await _scene.SingleAsync(new GenerationDraft { Prompt = "a fox", UseCase = "product" });

        using var notes = JsonDocument.Parse(await ReadAsync(job.Assets[0].WorkspaceName!.Replace(".png", "_metadata.json", StringComparison.Ordinal)));
        notes.RootElement.GetProperty("session_id").ValueKind.ShouldBe(JsonValueKind.Null);
        notes.RootElement.GetProperty("conversation_length").GetInt32().ShouldBe(0);
        notes.RootElement.GetProperty("use_case").GetString().ShouldBe("product");
        notes.RootElement.GetProperty("generation_params").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("{\"quality\":\"auto\",\"size\":\"auto\",\"background\":\"auto\",\"format\":\"png\",\"style\":\"default\"}");
    }

    [Fact]
    public async Task Save_TheSamePictureAgain_ComesToTheSameName()
    {
        var session = await _scene.NewAsync();
        var job = await _scene.TurnAsync(session, "a loaf");
        var workspace = new Kinora.Images.ImageWorkspace(_scene.Folders, _scene.Engine.Sessions);

        // As after a crash between the copy and the final commit: the store knows nothing of the first try.
        (await workspace.SaveAsync(job, job.Assets[0], _scene.Engine.Assets.PathOf(job.Assets[0]), Cancel)).ShouldBe(job.Assets[0].WorkspaceName);

        Directory.GetFiles(Path.GetDirectoryName(OnDisk(job))!).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("image_001.png")]
    [InlineData("image_001.webp")]
    [InlineData("image_001_metadata.json")]
    public async Task Save_ForeignFileInTheWay_IsLeftAlone(string foreign)
    {
        var session = await _scene.NewAsync();
        var path = _scene.Workspace($"users/ann/generated_images/sessions/{session}/images/{foreign}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "mine", Cancel);

        var job = await _scene.TurnAsync(session, "a loaf");

        (await File.ReadAllTextAsync(path, Cancel)).ShouldBe("mine");
        job.Warnings.ShouldBeEmpty();
        (await File.ReadAllTextAsync(OnDisk(job), Cancel)).ShouldBe("a loaf 1");
        if (foreign != "image_001.webp")
        {
            job.Assets[0].WorkspaceName.ShouldEndWith("/image_002.png");
        }
    }

    [Fact]
    public async Task Save_AfterADeletedTurn_KeepsTheNotesOfItsCopy()
    {
        var session = await _scene.NewAsync();
        var first = await _scene.TurnAsync(session, "a loaf");
        await _scene.Generation.DeleteAsync(SessionScene.Ann, first.PublicId, Cancel);
        _scene.Engine.Media.Image = new("image/webp", 64, 64);

        var second = await _scene.TurnAsync(session, "make it blue");

        second.Assets[0].WorkspaceName.ShouldEndWith("/image_002.webp");
        (await ReadAsync(first.Assets[0].WorkspaceName!.Replace(".png", "_metadata.json", StringComparison.Ordinal))).ShouldContain("a loaf");
    }

    [Fact]
    public async Task Save_ManyTurnsAtOnce_NoneTakesAnothersName()
    {
        var session = await _scene.NewAsync();
        var jobs = new List<Job>();
        for (var n = 0; n < 8; n++)
        {
            jobs.Add((await _scene.Sessions.TurnAsync(SessionScene.Ann, session, new GenerationDraft { Prompt = $"loaf {n}" }, Cancel)).Job);
        }

        var workspace = new Kinora.Images.ImageWorkspace(_scene.Folders, _scene.Engine.Sessions);
        var names = await Task.WhenAll(jobs.Select(job => Task.Run(async () =>
        {
            var file = Path.Combine(_scene.Engine.Assets.WorkFolder(job.Id), "picture");
            await File.WriteAllTextAsync(file, job.Request.Prompt, Cancel);
            var picture = new Kinora.Assets.Asset { JobId = job.Id, Role = Kinora.Assets.AssetRole.Image, FileName = "image.png", MimeType = "image/png", Bytes = 1, Sha256 = "x" };
            return (Job: job, Name: await workspace.SaveAsync(job, picture, file, Cancel));
        })));

        names.Select(n => n.Name).Distinct().Count().ShouldBe(8);
        foreach (var (job, name) in names)
        {
            (await File.ReadAllTextAsync(_scene.Workspace("users/ann/" + name), Cancel)).ShouldBe(job.Request.Prompt);
            (await workspace.NotesAsync("ann", name, Cancel)).OriginalPrompt.ShouldBe(job.Request.Prompt);
        }
    }

    [Fact]
    public async Task Save_EveryUserHasAPartOfHisOwn()
    {
        var job = await _scene.SingleAsync(caller: Caller.Local);
        File.Exists(_scene.Workspace(job.Assets[0].WorkspaceName!)).ShouldBeTrue();

        foreach (var user in new[] { "eve", "../eve", "a/b", "a%2Fb", "eve@example.com", ".", "users", "Eve", "鍵" })
        {
            var theirs = await _scene.SingleAsync(caller: new Caller(user));
            theirs.Warnings.ShouldBeEmpty(user);
            var files = Directory.GetFiles(_scene.Workspace("users"), Path.GetFileName(theirs.Assets[0].WorkspaceName!), SearchOption.AllDirectories);
            // One folder for the user, and from there the name that he was told.
            Path.GetRelativePath(_scene.Workspace("users"), files.ShouldHaveSingleItem()).Split('/', 2)[1].ShouldBe(theirs.Assets[0].WorkspaceName);
        }

        Directory.GetDirectories(_scene.Workspace("users")).Length.ShouldBe(9);
    }

    [Fact]
    public async Task Save_IntoAFolderThatCannotBeWritten_WarnsAndTheJobIsDone()
    {
        var blocked = Path.Combine(_scene.Folders.Videos.Path, "file");
        Directory.CreateDirectory(_scene.Folders.Videos.Path);
        await File.WriteAllTextAsync(blocked, "no folder", Cancel);
        var unusable = new UserFolders(_scene.Folders.Videos, _scene.Folders.References, new SafeRoot(blocked, new FolderFaults("workspace folder", "Folders:Workspace")));
        var workspace = new Kinora.Images.ImageWorkspace(unusable, _scene.Engine.Sessions);
        var steps = new Kinora.Jobs.Steps.JobSteps(
            _scene.Engine.Store, _scene.Engine.Assets, _scene.Engine.Media, _scene.Engine.Media, workspace, new JobOptions(), new RetryRules(new Random(1)),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Kinora.Jobs.Steps.JobSteps>.Instance);
        var session = await _scene.NewAsync();
        var id = (await _scene.Sessions.TurnAsync(SessionScene.Ann, session, new GenerationDraft { Prompt = "a loaf" }, Cancel)).Job.Id;
        while (!(await _scene.Engine.GetAsync(id)).Status.IsFinal())
        {
            foreach (var job in (await _scene.Engine.ClaimAsync()).Jobs)
            {
                using var work = _scene.Engine.Work(job);
                await steps.RunAsync(work);
            }

            _scene.Engine.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var done = await _scene.Engine.GetAsync(id);
        done.Status.ShouldBe(JobStatus.Completed);
        done.Warnings.ShouldHaveSingleItem().ShouldStartWith("The picture is kept, but its copy in the workspace folder could not be written: ");
        (done.Assets.Single().WorkspaceName, File.Exists(_scene.Engine.Assets.PathOf(done.Assets[0]))).ShouldBe((null, true));
    }

    private static string At(Job job) => JsonSerializer.Serialize(job.CreatedAt);

    private string OnDisk(Job job, int index = 0) => _scene.Workspace("users/ann/" + job.Assets[index].WorkspaceName);

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(_scene.Workspace("users/ann/" + name), Cancel);
}
