using Kinora.Adapters.Providers;
using Kinora.Adapters.Providers.OpenAiImages;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>What switches the provider on, what it offers, and where the key goes.</summary>
public sealed class SettingsTests : PictureScene
{
    [Theory]
    [InlineData("OPENAI_API_KEY=sk-one", "sk-one")]
    [InlineData("SORA2_MCP_API_KEY=sk-two", "sk-two")]
    [InlineData("OPENAI_API_KEY=sk-one;SORA2_MCP_API_KEY=sk-two", "sk-one")]
    public void Environment_AKey_SwitchesItOn(string environment, string key)
    {
        var (found, faults) = Read(environment);

        faults.ShouldBeEmpty();
        var (module, settings) = found[0];
        (module.Kind, settings.Name, settings.ApiKey, settings.BaseUrl).ShouldBe(("openai-images", "openai-images", key, null));
    }

    [Fact]
    public void Environment_NoKey_LeavesItOff() => Read("").Found.ShouldNotContain(provider => provider.Settings.Kind == "openai-images");

    [Fact]
    public void Environment_BaseUrl_Counts() => Read("OPENAI_API_KEY=sk-one;OPENAI_BASE_URL=http://127.0.0.1:1/v1").Found[0].Settings.BaseUrl.ShouldBe(new Uri("http://127.0.0.1:1/v1"));

    [Fact]
    public void Environment_Key_DoesNotGoToAServerOfAnotherName()
    {
        var (found, faults) = Read(
            "OPENAI_API_KEY=sk-one", ("Providers:gpu:Kind", "openai-images"), ("Providers:gpu:Dialect", "images"), ("Providers:gpu:BaseUrl", "http://127.0.0.1:1/v1"));

        faults.ShouldBeEmpty();
        found.Single(provider => provider.Settings.Name == "gpu").Settings.ApiKey.ShouldBeNull();
        found.Single(provider => provider.Settings.Name == "openai-images").Settings.ApiKey.ShouldBe("sk-one");
    }

    [Fact]
    public void Check_NamesEveryFault()
    {
        var faults = new OpenAiImagesModule().Check(new ProviderSettings
        {
            Name = "x",
            Kind = "openai-images",
            Dialect = "klingon",
            ApiKey = "two words",
            Extra = new Dictionary<string, string> { ["AuthHeader"] = "a b", ["MainlineModel"] = " ", ["TimeoutSeconds"] = "0", ["Colour"] = "red" },
        });

        faults.Count.ShouldBe(6);
        faults.ShouldAllBe(fault => fault.StartsWith("Providers:x:", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_NoKey_IsAFaultAtTheVendorOnly()
    {
        var settings = new ProviderSettings { Name = "x", Kind = "openai-images" };

        new OpenAiImagesModule().Check(settings).ShouldHaveSingleItem().ShouldContain("OPENAI_API_KEY");
        new OpenAiImagesModule().Check(settings with { Dialect = "images", BaseUrl = Lab.BaseUrl }).ShouldBeEmpty();
    }

    [Fact]
    public async Task AuthHeader_ApiKey_SendsTheKeyBare()
    {
        await Connect(extra: [("AuthHeader", "api-key")]).SubmitAsync(Scene.Submission(Ask("x")), Cancel);

        var headers = Lab.Traffic.Sent.ShouldHaveSingleItem().Headers;
        headers["api-key"].ShouldBe(LabLedger.Fingerprint(Key));
        headers.ContainsKey("authorization").ShouldBeFalse();
    }

    [Fact]
    public void Create_BringsItsOwnPatience()
    {
        Connect().Traits.SubmitTimeout.ShouldBe(TimeSpan.FromSeconds(600));
        Make(new ProviderSettings { Name = "x", Kind = "openai-images", ApiKey = Key, SubmitTimeoutSeconds = 30 }).Traits.SubmitTimeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task ListModels_Vendor_OffersWhatLives()
    {
        var models = await Make(new ProviderSettings { Name = "openai-images", Kind = "openai-images", ApiKey = Key }, new DayClock("2026-11-21")).ListModelsAsync(Cancel);

        models[0].Id.ShouldBe("openai-images/gpt-image-2");
        models.Select(model => model.Name).ShouldNotContain("gpt-image-1");
        models.ShouldAllBe(model => model.Kinds.Single() == MediaKind.Image && model.Price == null && model.Image != null);
        models.Single(model => model.Name == "gpt-image-2").Image!.Analyzes.ShouldBeTrue("a chat model looks at the picture for it");
        models.Single(model => model.Name == "gpt-5.6-sol").Image!.ShouldSatisfyAllConditions(rule => rule.Analyzes.ShouldBeTrue(), rule => rule.MaxCount.ShouldBe(1));
        models.Single(model => model.Name == "gpt-image-2.5-flare").Image!.ShouldSatisfyAllConditions(rule => rule.Qualities.ShouldContain("max"), rule => rule.MaxCount.ShouldBe(10));
    }

    [Theory]
    [InlineData("dall-e-3", "2026-05-12")]
    [InlineData("gpt-image-1", "2026-10-23")]
    [InlineData("gpt-image-1.5", "2026-12-01")]
    [InlineData("o3", "2026-12-11")]
    public async Task Describe_RetiredModel_NamesAnother(string name, string day)
    {
        var provider = Make(new ProviderSettings { Name = "openai-images", Kind = "openai-images", ApiKey = Key });
        var model = (await provider.DescribeAsync(name, Cancel))!;

        model.RetiresOn.ShouldBe(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        var other = (await provider.DescribeAsync(model.Replacement!["openai-images/".Length..], Cancel))!;
        other.RetiresOn.ShouldBeNull();
        RequestRules.Check(Ask("x"), model, model.RetiresOn!.Value).ShouldHaveSingleItem().Text.ShouldContain(model.Replacement);
    }

    [Theory]
    [InlineData("1024x1024", true)]
    [InlineData("3840x2160", true)]
    [InlineData("480x1440", true)]
    [InlineData("1000x1000", false)]
    [InlineData("512x512", false)]
    [InlineData("640x2048", false)]
    [InlineData("3840x3840", false)]
    public async Task Sizes_AreThoseOfTheVendor(string size, bool allowed)
    {
        FrameSize.TryParse(size, out var asked).ShouldBeTrue();
        var model = (await Connect().DescribeAsync("gpt-image-2", Cancel))!;

        model.Sizes!.Allows(asked).ShouldBe(allowed);
        (await Connect().SubmitAsync(Scene.Submission(Ask("x") with { Size = asked }), Cancel) is SubmitOutcome.Finished).ShouldBe(allowed, "the lab is of the same mind");
    }

    [Fact]
    public async Task Describe_UnknownNames_PassWhereTheServerIsNotTheVendors()
    {
        var vendor = new ProviderSettings { Name = "v", Kind = "openai-images", ApiKey = Key };
        (await Make(vendor).DescribeAsync("my-deployment", Cancel)).ShouldBeNull();
        (await Make(vendor with { Models = ["my-deployment"] }).DescribeAsync("my-deployment", Cancel))!.Image.ShouldBeNull();
        (await Make(vendor with { Models = ["my-deployment"] }).DescribeAsync("gpt-image-2", Cancel)).ShouldBeNull();
        (await Make(vendor with { BaseUrl = Lab.BaseUrl }).DescribeAsync("my-deployment", Cancel))!.Sizes.ShouldBeNull();
    }

    [Fact]
    public async Task Describe_NamesOfAServerOfOnesOwn_MeanNothingHere()
    {
        var model = (await Connect("images").DescribeAsync("dall-e-3", Cancel))!;

        (model.RetiresOn, model.Image, model.Sizes).ShouldBe((null, null, null));
    }

    [Fact]
    public async Task ListModels_ServerOfOnesOwn_IsAsked() => (await Connect("images").ListModelsAsync(Cancel)).ShouldHaveSingleItem().Id.ShouldBe("lab/lab-image");

    private static IMediaProvider Make(ProviderSettings settings, TimeProvider? clock = null) =>
        clock is null ? new OpenAiImagesModule().Create(settings, NoServices.Instance) : new OpenAiImagesModule().Create(settings, new ClockAlone(clock));

    private static (IReadOnlyList<(IProviderModule Module, ProviderSettings Settings)> Found, List<string> Faults) Read(string environment, params (string Key, string Value)[] settings)
    {
        var faults = new List<string>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return (new ProviderConfiguration(configuration, variables).Read(faults), faults);
    }
}
