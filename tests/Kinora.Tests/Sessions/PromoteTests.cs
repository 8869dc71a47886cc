using System.Text.Json.Nodes;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Sessions;

/// <summary>Beginning a session with a picture that is there already.</summary>
public sealed class PromoteTests : IAsyncLifetime
{
    private static readonly Caller Ann = SessionScene.Ann;
    private static readonly SessionDraft Draft = new() { Description = "More like this." };

    private readonly SessionScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Promote_ById_GoesOnFromThatVeryPicture_WithTheModelThatMadeIt()
    {
        var made = await _scene.SingleAsync(new GenerationDraft { Prompt = "foxes", Count = 2 });

        var promoted = await _scene.Sessions.PromoteAsync(Ann, made.PublicId + "_2", Draft with { Name = "Foxes" }, Cancel);
        await _scene.TurnAsync(promoted.Session.Id.ToString(), "make it blue");
        await _scene.TurnAsync(promoted.Session.Id.ToString(), "add a crown");

        promoted.Picture.ShouldBe(new ImageId(made.Id, 1));
        promoted.Name.ShouldBe(made.Assets[1].WorkspaceName);
        (promoted.Notes.OriginalPrompt, promoted.Notes.RevisedPrompt, promoted.Notes.GenerationCallId).ShouldBe(("foxes", "foxes, revised", "call-2"));
        (promoted.Session.Name, promoted.Session.Model, promoted.Session.Origin).ShouldBe(("Foxes", "fake/model", new ImageId(made.Id, 1)));
        (_scene.Sent[1].Source!.JobId, _scene.Sent[1].Request.SourceIndex).ShouldBe((made.Id, 1));
        _scene.Sent[1].Source!.Prompts.ShouldBe(["foxes"]);
        _scene.Sent[1].Request.Instructions.ShouldBe("More like this.");
        _scene.Sent[2].Source!.Prompts.ShouldBe(["foxes", "make it blue"]);
    }

    [Fact]
    public async Task Promote_ByWorkspaceName_IsTheSamePicture()
    {
        var made = await _scene.SingleAsync();

        var promoted = await _scene.Sessions.PromoteAsync(Ann, made.Assets[0].WorkspaceName!, Draft, Cancel);

        (promoted.Picture, promoted.Session.Origin, promoted.Session.OriginPicture).ShouldBe((new ImageId(made.Id, 0), new ImageId(made.Id, 0), null));
    }

    [Fact]
    public async Task Promote_AFileThatWasChangedSince_GoesOnFromTheFile()
    {
        var made = await _scene.SingleAsync();
        await File.WriteAllTextAsync(_scene.Workspace("users/ann/" + made.Assets[0].WorkspaceName), "painted over", Cancel);

        var promoted = await _scene.Sessions.PromoteAsync(Ann, made.Assets[0].WorkspaceName!, Draft, Cancel);
        await _scene.TurnAsync(promoted.Session.Id.ToString(), "make it blue");

        promoted.Picture.ShouldBeNull();
        (await File.ReadAllTextAsync(await _scene.Sent[1].Inputs.PathAsync(_scene.Sent[1].Request.References.Single(), Cancel), Cancel)).ShouldBe("painted over");
    }

    [Fact]
    public async Task Promote_WhenTheDatabaseIsGone_TheFilesAreEnough()
    {
        var name = (await _scene.SingleAsync(new GenerationDraft { Prompt = "a fox" })).Assets[0].WorkspaceName!;
        await using var after = new SessionScene(_scene.Folders);

        var promoted = await after.Sessions.PromoteAsync(Ann, name, Draft, Cancel);
        var session = promoted.Session.Id.ToString();
        var first = await after.TurnAsync(session, new GenerationDraft { Prompt = "make it blue", IdempotencyKey = "key" });
        var again = await after.Sessions.TurnAsync(Ann, session, new GenerationDraft { Prompt = "make it blue", IdempotencyKey = "key" }, Cancel);
        await after.TurnAsync(session, "add a crown");

        (promoted.Picture, promoted.Name, promoted.Session.Model).ShouldBe((null, name, "fake/model"));
        var sent = after.Sent[0];
        (sent.Request.Operation, sent.Source).ShouldBe((Operation.Edit, null));
        (await File.ReadAllTextAsync(await sent.Inputs.PathAsync(sent.Request.References.Single(), Cancel), Cancel)).ShouldBe("a fox 1");
        sent.Request.Instructions.ShouldBe("More like this.\n\nThe picture given was made from this prompt: a fox, revised");
        again.Job.Id.ShouldBe(first.Id);
        (after.Sent[1].Source!.JobId, after.Sent[1].Request.References.Count, after.Sent[1].Request.Instructions).ShouldBe((first.Id, 0, "More like this."));
    }

    [Theory]
    [InlineData("original_prompt", "lacks original_prompt,")]
    [InlineData("model", "lacks model,")]
    [InlineData("original_prompt,model", "lacks original_prompt and model,")]
    public async Task Promote_NotesThatLackSomething_SaysWhat(string fields, string says)
    {
        var name = (await _scene.SingleAsync()).Assets[0].WorkspaceName!;
        var notes = _scene.Workspace("users/ann/" + name.Replace(".png", "_metadata.json", StringComparison.Ordinal));
        var json = JsonNode.Parse(await File.ReadAllTextAsync(notes, Cancel))!.AsObject();
        foreach (var field in fields.Split(','))
        {
            json.Remove(field).ShouldBeTrue();
        }

        await File.WriteAllTextAsync(notes, json.ToJsonString(), Cancel);
        await using var after = new SessionScene(_scene.Folders);

        var refused = await Should.ThrowAsync<KinoraException>(() => after.Sessions.PromoteAsync(Ann, name, Draft, Cancel));

        (refused.Code, (await after.Sessions.ListAsync(Ann, Cancel)).Count).ShouldBe((ErrorCodes.MetadataIncomplete, 0));
        refused.Message.ShouldContain(says);
    }

    [Theory]
    [InlineData(null, "has no metadata file beside it")]
    [InlineData("", "is not readable as JSON")]
    [InlineData("not json", "is not readable as JSON")]
    [InlineData("null", "is not readable as JSON")]
    [InlineData("[1]", "is not readable as JSON")]
    [InlineData("{\"created_at\": 7}", "is not readable as JSON")]
    [InlineData("large", "is not readable as JSON")]
    public async Task Promote_NotesThatCannotBeRead_SaysSo(string? text, string says)
    {
        var name = (await _scene.SingleAsync()).Assets[0].WorkspaceName!;
        var notes = _scene.Workspace("users/ann/" + name.Replace(".png", "_metadata.json", StringComparison.Ordinal));
        File.Delete(notes);
        if (text is not null)
        {
            await File.WriteAllTextAsync(notes, text == "large" ? "{}" + new string(' ', 1 << 20) : text, Cancel);
        }

        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Ann, name, Draft, Cancel));

        refused.Code.ShouldBe(text is null ? ErrorCodes.MetadataMissing : ErrorCodes.MetadataUnreadable);
        refused.Message.ShouldContain(says);
    }

    [Fact]
    public async Task Promote_NotesThatNameAnotherUsersPicture_GivesNothingOfIt()
    {
        var secret = await _scene.SingleAsync(new GenerationDraft { Prompt = "secret" }, new Caller("eve"));
        var name = (await _scene.SingleAsync()).Assets[0].WorkspaceName!;
        var notes = _scene.Workspace("users/ann/" + name.Replace(".png", "_metadata.json", StringComparison.Ordinal));
        var json = JsonNode.Parse(await File.ReadAllTextAsync(notes, Cancel))!;
        json["generation_id"] = secret.PublicId;
        await File.WriteAllTextAsync(notes, json.ToJsonString(), Cancel);

        var promoted = await _scene.Sessions.PromoteAsync(Ann, name, Draft, Cancel);

        (promoted.Session.Origin, promoted.Session.OriginPicture!.Prompt).ShouldBe((null, "a fox"));
    }

    [Theory]
    [InlineData("generated_images/single_shot/nothing.png", ErrorCodes.FileNotFound)]
    [InlineData("generated_images", ErrorCodes.FileNotFound)]
    [InlineData("../../../etc/passwd", ErrorCodes.InvalidFileName)]
    [InlineData("", ErrorCodes.InvalidFileName)]
    [InlineData("image_00000000000000000000000000000000", ErrorCodes.NotFound)]
    [InlineData("video_00000000000000000000000000000000", ErrorCodes.NotFound)]
    public async Task Promote_WhatIsNotThere_IsRefused(string picture, string code) =>
        (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Ann, picture, Draft, Cancel))).Code.ShouldBe(code);

    [Fact]
    public async Task Promote_AnothersPicture_IsNotFoundByIdNorByName()
    {
        var secret = await _scene.SingleAsync(new GenerationDraft { Prompt = "secret" }, new Caller("eve"));

        (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Ann, secret.PublicId, Draft, Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
        foreach (var name in new[] { secret.Assets[0].WorkspaceName!, "users/eve/" + secret.Assets[0].WorkspaceName })
        {
            (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Ann, name, Draft, Cancel))).Code.ShouldBe(ErrorCodes.FileNotFound);
            (await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Caller.Local, name, Draft, Cancel))).Code.ShouldBe(ErrorCodes.FileNotFound);
        }
    }

    [Fact]
    public async Task Promote_APictureThatIsNotDone_SaysHowItStands()
    {
        var open = await _scene.Generation.SubmitAsync(Ann, new GenerationDraft { Kind = MediaKind.Image, Prompt = "a fox" }, Cancel);

        var refused = await Should.ThrowAsync<KinoraException>(() => _scene.Sessions.PromoteAsync(Ann, open.Job.PublicId, Draft, Cancel));

        (refused.Code, refused.Message).ShouldBe((ErrorCodes.NotReady, "That image is not completed (queued). Wait for it first."));
    }

    [Fact]
    public async Task Promote_WithoutADescription_IsRefused() =>
        (await Should.ThrowAsync<KinoraException>(async () => await _scene.Sessions.PromoteAsync(Ann, (await _scene.SingleAsync()).PublicId, new SessionDraft { Description = "" }, Cancel)))
            .Faults.ShouldHaveSingleItem().Field.ShouldBe("description");
}
