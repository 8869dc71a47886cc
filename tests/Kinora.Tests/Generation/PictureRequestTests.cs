using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Tests.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Requests for pictures, and with pictures that were made here, through the one door.</summary>
public sealed class PictureRequestTests : IAsyncLifetime
{
    private static readonly Caller Ann = SessionScene.Ann;
    private static readonly GenerationDraft Draft = new() { Kind = MediaKind.Image, Prompt = "a fox" };

    private readonly SessionScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ModelInfo Model
    {
        get => _scene.Provider.Models[0];
        set => _scene.Provider.Models[0] = value;
    }

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task PictureMadeHere_IsAnInput_AndMakesTheRequestAnEdit()
    {
        var made = await _scene.SingleAsync(Draft with { Count = 2 });

        await _scene.SingleAsync(Draft with { References = [new ImageSource.Made("input", made.PublicId), new ImageSource.Made("input", made.PublicId + "_2")] });

        var sent = _scene.Sent[1];
        (sent.Request.Operation, sent.Source).ShouldBe((Operation.Edit, null));
        (await File.ReadAllTextAsync(await sent.Inputs.PathAsync(sent.Request.References[1], Cancel), Cancel)).ShouldBe("a fox 2");
    }

    [Fact]
    public async Task PictureOfTheWorkspace_IsAnInput_OfItsOwnerOnly()
    {
        var name = (await _scene.SingleAsync()).Assets[0].WorkspaceName!;
        var draft = Draft with { References = [new ImageSource.WorkspaceFile("image_path", name)] };

        (await _scene.SingleAsync(draft)).Request.References.Count.ShouldBe(1);

        (await RefusedAsync(draft, new Caller("eve"))).Faults.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.FileNotFound);
        (await RefusedAsync(Draft with { References = [new ImageSource.WorkspaceFile("image_path", "users/ann/" + name)] }, Caller.Local)).Faults
            .ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.FileNotFound);
    }

    [Fact]
    public async Task PictureThatIsNotThere_IsAFaultOfItsField()
    {
        var made = await _scene.SingleAsync(caller: new Caller("eve"));
        var open = (await _scene.Generation.SubmitAsync(Ann, Draft, Cancel)).Job;

        foreach (var (id, code, text) in new[]
        {
            (made.PublicId, ErrorCodes.NotFound, "--input: There is no image with that id."),
            (made.Id.ToString(), ErrorCodes.NotFound, "--input: There is no image with that id."),
            ("image_00000000000000000000000000000000", ErrorCodes.NotFound, "--input: There is no image with that id."),
            ("nonsense", ErrorCodes.NotFound, "--input: There is no image with that id."),
            (open.PublicId, ErrorCodes.NotReady, "--input: That image is not completed (queued). Wait for it first."),
        })
        {
            (await RefusedAsync(Draft with { References = [new ImageSource.Made("--input", id)] })).Faults.ShouldBe([new Fault("--input", text, code)]);
        }
    }

    [Fact]
    public async Task Source_OfAnotherOrUnfinished_IsRefused()
    {
        var foreign = await _scene.SingleAsync(caller: new Caller("eve"));
        var open = (await _scene.Generation.SubmitAsync(Ann, Draft, Cancel)).Job;

        (await RefusedAsync(Draft with { SourceId = foreign.PublicId })).Code.ShouldBe(ErrorCodes.NotFound);
        (await RefusedAsync(Draft with { SourceId = open.PublicId })).Code.ShouldBe(ErrorCodes.NotReady);
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData(null, null)]
    [InlineData("64x64", "64x64")]
    public async Task Size_Auto_IsLeftToAModelThatChooses(string? asked, string? size)
    {
        Model = Model with { Sizes = new SizeRule { MinSide = 32, MaxSide = 2048, Default = new FrameSize(1024, 1024) }, Image = Model.Image! with { ChoosesSize = true } };

        (await _scene.SingleAsync(Draft with { Size = asked })).Request.Size?.ToString().ShouldBe(size);
    }

    [Fact]
    public async Task Size_Auto_IsTheDefaultOfAModelThatDoesNotChoose_AndTheSizeOfThePictureGoneOnFrom()
    {
        Model = Model with { Sizes = new SizeRule { MinSide = 32, MaxSide = 2048, Default = new FrameSize(1024, 1024) } };
        var first = await _scene.SingleAsync(Draft with { Size = "64x32" });

        (await _scene.SingleAsync(Draft with { Size = "auto" })).Request.Size.ShouldBe(new FrameSize(1024, 1024));
        (await _scene.SingleAsync(Draft with { SourceId = first.PublicId })).Request.Size.ShouldBe(new FrameSize(64, 32));
        (await RefusedAsync(Draft with { Size = "AUTO" })).Faults.ShouldHaveSingleItem().Field.ShouldBe("size");
        (await RefusedAsync(new GenerationDraft { Prompt = "x", Size = "auto", Model = "fake/film" })).Faults.ShouldHaveSingleItem().Field.ShouldBe("size");
    }

    [Theory]
    [InlineData(64, 64, "64x64")]
    [InlineData(64, 48, "64x48")]
    [InlineData(16, 16, "1024x1024")]
    public async Task Size_OfAnEdit_IsThatOfItsFirstPicture_WhereTheModelMakesIt(int width, int height, string size)
    {
        Model = Model with { Sizes = new SizeRule { MinSide = 32, MaxSide = 2048, Default = new FrameSize(1024, 1024) } };
        _scene.Engine.Media.Image = new("image/png", width, height);

        (await _scene.SingleAsync(Draft with { References = [new ImageSource.Bytes("--input", "one"u8.ToArray())] })).Request.Size!.Value.ToString().ShouldBe(size);
    }

    [Theory]
    [InlineData("high", 1)]
    [InlineData("auto", 0)]
    [InlineData(null, 0)]
    public async Task Quality_WhereThereIsOnlyOne_IsToldToHaveNoEffect(string? quality, int warnings)
    {
        var job = await _scene.SingleAsync(Draft with { Quality = quality });

        job.Warnings.ShouldBe(Enumerable.Repeat("fake/model has one quality; \"high\" is without effect.", warnings));
    }

    [Fact]
    public async Task FirstFrame_MadeHere_IsFittedToTheVideo_WhenThatIsAsked()
    {
        _scene.Provider.Models[1] = _scene.Provider.Models[1] with { FirstFrame = true, LastFrame = true, Sizes = new SizeRule { MinSide = 64, MaxSide = 2048, Default = new FrameSize(1280, 720) } };
        var made = await _scene.SingleAsync();
        var film = new GenerationDraft { Prompt = "it runs", Model = "fake/film", FirstFrame = new ImageSource.Made("--reference", made.PublicId) };

        var plain = (await _scene.Generation.SubmitAsync(Ann, film, Cancel)).Job.Request;
        var fitted = (await _scene.Generation.SubmitAsync(Ann, film with { FitFrames = true, LastFrame = film.FirstFrame }, Cancel)).Job.Request;
        var same = (await _scene.Generation.SubmitAsync(Ann, film with { FitFrames = true, Size = "64x64" }, Cancel)).Job.Request;

        (plain.FirstFrame!.Width, plain.FirstFrame.Height).ShouldBe((64, 64));
        (fitted.FirstFrame!.Width, fitted.FirstFrame.Height, fitted.LastFrame!.Width).ShouldBe((1280, 720, 1280));
        same.FirstFrame.ShouldBe(plain.FirstFrame);
    }

    [Fact]
    public async Task FileOf26Megabytes_IsRefusedBeforeItIsRead()
    {
        var path = Path.Combine(Directory.CreateDirectory(_scene.Folders.References.Path).FullName, "large.png");
        await using (var file = File.Create(path))
        {
            file.SetLength(26_000_000);
        }

        (await RefusedAsync(Draft with { References = [new ImageSource.LocalFile("--input", path)] })).Faults
            .ShouldBe([new Fault("--input", "--input: The picture has 26.0 MB; at most 25 MB are allowed.", ErrorCodes.ImageTooLarge)]);
        _scene.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Estimate_CountsThePictures()
    {
        Model = Model with { Price = new Price(0.04m, PriceUnit.Image) };

        (await _scene.SingleAsync(Draft with { Count = 3 })).EstimateUsd.ShouldBe(0.12m);
        (await RefusedAsync(Draft with { Count = 3, MaxCostUsd = 0.1m })).Code.ShouldBe(ErrorCodes.BudgetExceeded);
    }

    private Task<KinoraException> RefusedAsync(GenerationDraft draft, Caller? caller = null) =>
        Should.ThrowAsync<KinoraException>(() => _scene.Generation.SubmitAsync(caller ?? Ann, draft, Cancel));
}
