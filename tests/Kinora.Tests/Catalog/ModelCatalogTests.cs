using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Catalog;

/// <summary>Names that stand for models, over one provider that makes videos and one that draws.</summary>
public sealed class ModelCatalogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MediaKind.Video, "film/model")]
    [InlineData(MediaKind.Image, "pen/model")]
    public async Task Alias_OfNoModel_StandsForTheDefaultOfTheKindAsked(MediaKind kind, string model)
    {
        var resolved = await Catalog(new() { ["mine"] = null }).ResolveAsync("mine", kind, Cancel);

        (resolved.Model.Id, resolved.Warning).ShouldBe((model, $"mine stands for {model} here."));
    }

    [Theory]
    [InlineData(MediaKind.Video)]
    [InlineData(MediaKind.Image)]
    public async Task Alias_OfAModel_StandsForItWhateverIsAsked(MediaKind kind) =>
        (await Catalog(new() { ["gpt-4o"] = "film/model" }).ResolveAsync("gpt-4o", kind, Cancel)).Model.Id.ShouldBe("film/model");

    [Fact]
    public async Task BareName_OfOneProvider_IsItsModel_OfSeveral_IsNone()
    {
        var (one, two) = (new FakeProvider("one"), new FakeProvider("two"));
        one.Models.Clear();
        one.Models.AddRange([Named("one/veo-3.1"), Named("one/shared")]);
        two.Models.Clear();
        two.Models.Add(Named("two/shared"));
        var catalog = new ModelCatalog(new ProviderSet([one, two]), new CatalogOptions());

        var resolved = await catalog.ResolveAsync("veo-3.1", MediaKind.Video, Cancel);

        (resolved.Model.Id, resolved.Warning).ShouldBe(("one/veo-3.1", "veo-3.1 stands for one/veo-3.1 here."));
        (await Should.ThrowAsync<KinoraException>(() => catalog.ResolveAsync("shared", MediaKind.Video, Cancel))).Message.ShouldContain("one/shared, two/shared");
        (await Should.ThrowAsync<KinoraException>(() => catalog.ResolveAsync("veo-3.1", MediaKind.Image, Cancel))).Code.ShouldBe(ErrorCodes.ModelNotFound);

        static ModelInfo Named(string id) => new() { Id = id, Title = "", Source = "test" };
    }

    [Fact]
    public async Task Aliases_OfEveryKind_HaveANameTwiceWhereItStandsForTwoModels()
    {
        var catalog = Catalog(new() { ["mine"] = null, ["sora-2"] = "pen/model" });

        (await catalog.AliasesAsync(kind: null, Cancel)).Where(a => a.Name is "mine" or "sora-2" or "sora-2-pro" or "gpt-4o").ShouldBe(
        [
            new ModelAlias("gpt-4o", "pen/model"), new ModelAlias("mine", "film/model"), new ModelAlias("mine", "pen/model"),
            new ModelAlias("sora-2", "pen/model"), new ModelAlias("sora-2-pro", "film/model"),
        ]);
        (await catalog.AliasesAsync(MediaKind.Image, Cancel)).Where(a => a.Name == "mine").ShouldBe([new ModelAlias("mine", "pen/model")]);
    }

    [Fact]
    public async Task Described_WithoutAKind_ABareNameIsFound_WhateverItMakes()
    {
        var pen = new FakeProvider("pen");
        pen.Models[0] = pen.Models[0] with { Id = "pen/brush", Kinds = [MediaKind.Image] };
        var catalog = new ModelCatalog(new ProviderSet([new FakeProvider("film"), pen]), new CatalogOptions());

        (await catalog.DescribeAsync("brush", null, Cancel)).Id.ShouldBe("pen/brush");
        (await Should.ThrowAsync<KinoraException>(() => catalog.DescribeAsync("brush", MediaKind.Video, Cancel))).Code.ShouldBe(ErrorCodes.ModelNotFound);
    }

    [Fact]
    public async Task AModelByItsId_IsFound_WithoutAnyListOfModels()
    {
        var (film, away) = (new FakeProvider("film"), new FakeProvider("away"));
        away.ListsModels = () => throw new InvalidOperationException("asked");
        var catalog = new ModelCatalog(new ProviderSet([away, film]), new CatalogOptions());

        (await catalog.ResolveAsync("film/model", MediaKind.Video, Cancel)).Model.Id.ShouldBe("film/model");
        await Should.ThrowAsync<InvalidOperationException>(() => catalog.ResolveAsync("sora-2", MediaKind.Video, Cancel));
    }

    private static ModelCatalog Catalog(Dictionary<string, string?> aliases)
    {
        var (film, pen) = (new FakeProvider("film"), new FakeProvider("pen"));
        pen.Models[0] = pen.Models[0] with { Kinds = [MediaKind.Image] };
        return new ModelCatalog(new ProviderSet([film, pen]), new CatalogOptions { Aliases = aliases });
    }
}
