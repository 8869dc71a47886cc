using Kinora.Catalog;
using Kinora.Characters;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Tests.Generation;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Characters;

/// <summary>From ids of characters in a draft to references of a checked request.</summary>
public sealed class CharacterRequestTests : IAsyncLifetime
{
    private readonly RequestScene _scene = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _scene.Models[0] = _scene.Models[0] with { MaxReferences = 3 };
        return default;
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Characters_GoBehindTheReferences_OnePictureEach_AndAreKeptWithTheirNames()
    {
        var (mossy, rose) = (await AddAsync("Mossy"), await AddAsync("Rose"));
        var draft = Draft("mossy meets Rose", mossy, rose) with { References = [new ImageSource.Bytes("reference", "a wood"u8.ToArray())] };

        var ready = await _scene.ReadAsync(draft);

        ready.Request.References.Select(r => r.Sha256).Skip(1).ShouldBe(["Mossy-middle", "Rose-middle"]);
        ready.Request.References.Count.ShouldBe(3);
        ready.Request.Characters.ShouldBe([new CastMember(mossy, "Mossy"), new CastMember(rose, "Rose")]);
        ready.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Characters_ArePartOfTheHash()
    {
        var (one, twin) = (await AddAsync("Mossy"), await AddAsync("Mossy"));

        var first = await _scene.ReadAsync(Draft("Mossy runs", one));

        (await _scene.ReadAsync(Draft("Mossy runs", one))).BodyHash.ShouldBe(first.BodyHash);
        (await _scene.ReadAsync(Draft("Mossy runs", twin))).BodyHash.ShouldNotBe(first.BodyHash);
        (await _scene.ReadAsync(Draft("Mossy runs"))).BodyHash.ShouldNotBe(first.BodyHash);
    }

    [Fact]
    public async Task APromptWithoutTheName_IsWarnedOf() =>
        (await _scene.ReadAsync(Draft("Mossy runs", await AddAsync("MOSSY"), await AddAsync("Rose")))).Warnings.ShouldBe(["The prompt does not name the character Rose."]);

    [Fact]
    public async Task MoreThanTwo_AreRefusedWithoutALook()
    {
        var fault = (await _scene.RefusedAsync(Draft("a fox", "x", "y", "z"))).Faults.ShouldHaveSingleItem();

        fault.ShouldBe(new Fault("characters", "A video has at most 2 characters; you named 3."));
    }

    [Fact]
    public async Task TheSameTwice_IsRefused()
    {
        var mossy = await AddAsync("Mossy");

        (await _scene.RefusedAsync(Draft("a fox", mossy, "char_" + mossy[5..].ToUpperInvariant()))).Faults.ShouldHaveSingleItem().Text.ShouldStartWith("The same character is named twice");
    }

    [Fact]
    public async Task UnknownOnes_AndThoseOfOthers_AreNamedAlike()
    {
        var theirs = await AddAsync("Mossy", "eve");

        var refused = await _scene.RefusedAsync(Draft("Mossy runs", theirs, "char_" + new string('0', 500)));

        refused.Faults.ShouldBe(
        [
            new Fault("characters", $"There is no character with the id \"{theirs}\".", ErrorCodes.NotFound),
            new Fault("characters", $"There is no character with the id \"char_{new string('0', 35)}…\".", ErrorCodes.NotFound),
        ]);
    }

    [Theory]
    [InlineData(0, 0, "characters", "takes no reference pictures, which characters are shown to it by.")]
    [InlineData(1, 0, "characters", "takes at most 1 reference pictures; your 2 characters are one each.")]
    [InlineData(2, 1, "references", "takes at most 2 reference pictures; you gave 3, those of the characters among them.")]
    public async Task AModelThatTakesTooFewPictures_IsRefusedByTheFieldThatIsTooMuch(int most, int more, string field, string text)
    {
        _scene.Models[0] = _scene.Models[0] with { MaxReferences = most };
        var draft = Draft("Mossy meets Rose", await AddAsync("Mossy"), await AddAsync("Rose")) with
        {
            References = [.. Enumerable.Repeat(new ImageSource.Bytes("reference", "a wood"u8.ToArray()), more)],
        };

        var fault = (await _scene.RefusedAsync(draft)).Faults.ShouldHaveSingleItem();
        (fault.Field, fault.Code).ShouldBe((field, ErrorCodes.UnsupportedByModel));
        fault.Text.ShouldStartWith("live/google/veo-3.1 " + text);
    }

    [Fact]
    public async Task APicture_HasNoCharacters()
    {
        var draft = Draft("Mossy", await AddAsync("Mossy")) with { Kind = MediaKind.Image, Model = ModelCatalog.BuiltIn };

        (await _scene.RefusedAsync(draft)).Faults.ShouldContain(f => f.Field == "characters" && f.Text.StartsWith("Characters are seen in videos"));
    }

    [Fact]
    public async Task AJobOfBefore_HasNone()
    {
        var id = await _scene.Engine.AddAsync(new GenerationRequest { Prompt = "a fox" });
        var job = await _scene.Engine.GetAsync(id);
        var old = job.RequestJson.Replace("\"characters\":[],", "", StringComparison.Ordinal);

        old.Length.ShouldBeLessThan(job.RequestJson.Length);
        (job with { RequestJson = old }).Request.Characters.ShouldBeEmpty();
    }

    private static GenerationDraft Draft(string prompt, params string[] characters) => new() { Prompt = prompt, Characters = characters };

    private async Task<string> AddAsync(string name, string owner = "ann")
    {
        var character = new Character
        {
            Id = CharacterId.New(new SystemRandomBytes()),
            Owner = owner,
            Name = name,
            Pictures = [.. new[] { "middle", "first", "last" }.Select(still => new InputImage($"{name}-{still}", "image/jpeg", 64, 64))],
            CreatedAt = _scene.Engine.Clock.Now,
        };
        (await _scene.Engine.Characters.AddAsync(character, 10, Cancel)).ShouldBeTrue();
        return character.Id.ToString();
    }
}
