using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Listed;
using Kinora.Catalog;
using Shouldly;
using Xunit;
using Endpoint = Kinora.Adapters.Providers.Http.Endpoint;

namespace Kinora.Server.Tests.Providers.Listed;

/// <summary>What a vendor says of its own models: two lists here, of names alone.</summary>
public sealed class VendorListsTests : IDisposable
{
    private static readonly string[] _paths = ["/films", "/stills"];

    private readonly Dictionary<string, (string Answer, int Status)> _answers = new() { ["/films"] = ("""["film"]""", 200), ["/stills"] = ("""["still"]""", 200) };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinora-lists-");
    private readonly HandClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeptFile => Path.Combine(_folder.FullName, "models.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OneListFails_TheOtherCounts_AndBothLater()
    {
        await using var server = await StartAsync();
        using var api = Connect(server);
        var lists = Lists(api);
        _answers["/films"] = ("{}", 503);

        await KnowsAsync(lists, "lab/still");
        _answers["/films"] = ("""["film"]""", 200);
        _clock.Now += TimeSpan.FromMinutes(11);

        await KnowsAsync(lists, "lab/film", "lab/still");
    }

    [Fact]
    public async Task ListFailsLater_WhatItSaidLastGoesOnToCount_AlsoAfterARestart()
    {
        await using var server = await StartAsync();
        using var api = Connect(server);
        var lists = Lists(api);
        await KnowsAsync(lists, "lab/film", "lab/still");
        _answers["/films"] = ("""{"error":"a page of another kind"}""", 200);
        _answers["/stills"] = ("""["newer"]""", 200);
        _clock.Now += TimeSpan.FromDays(2);

        await KnowsAsync(lists, "lab/film", "lab/newer");
        _answers["/films"] = _answers["/stills"] = ("", 500);
        var again = Lists(api);
        await KnowsAsync(again, "lab/film", "lab/newer");
        again.Known.Select(model => model.Info.SourceDate).ShouldBe([new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 24)], "each list has a day of its own");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("{\"/films\":")]
    [InlineData("""{"/films":null,"/stills":{}}""")]
    [InlineData("""{"/films":{"read_at":"2026-11-22T00:00:00Z","answer":{"a":1}},"/other":{"read_at":"2026-11-22T00:00:00Z","answer":["x"]}}""")]
    public async Task KeptFileIsBroken_ItIsAskedAnew(string kept)
    {
        await File.WriteAllTextAsync(KeptFile, kept, Cancel);
        await using var server = await StartAsync();
        using var api = Connect(server);
        var lists = Lists(api);

        lists.Known.ShouldBeEmpty();
        await KnowsAsync(lists, "lab/film", "lab/still");
    }

    [Fact]
    public void Frames_PixelsBeforeWords_AndTheUsualFirst()
    {
        ListedModel.Frames(["1920x1080", "1280x720", "0x5", "wide"], ["16:9"], ["720p"]).ShouldSatisfyAllConditions(
            told => told.Words.ShouldBeNull(),
            told => told.Sizes!.Allowed.ShouldBe([new FrameSize(1920, 1080), new FrameSize(1280, 720)]),
            told => told.Sizes!.Default.ShouldBe(new FrameSize(1280, 720)));
        ListedModel.Frames([], ["9:16", "16:9", "auto"], ["480p", "720p", "best"]).ShouldSatisfyAllConditions(
            told => told.Sizes!.Allowed.Count.ShouldBe(4),
            told => told.Sizes!.Default.ShouldBe(new FrameSize(1280, 720)),
            told => told.Words!.Words(new FrameSize(720, 1280)).ShouldBe(("720p", "9:16")));
        ListedModel.Frames([], ["16:9"], ["best"]).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("480p", 480)]
    [InlineData("1080P", 1080)]
    [InlineData("4k", 2160)]
    [InlineData("2K", 1440)]
    [InlineData("99p", null)]
    [InlineData("10800p", null)]
    [InlineData("8K", null)]
    [InlineData("p", null)]
    [InlineData("-20p", null)]
    [InlineData("", null)]
    public void Side_OfAWord(string word, int? side) => ListedModel.Side(word).ShouldBe(side);

    private Task<OneAnswer> StartAsync() => OneAnswer.StartAsync(path => _answers[path]);

    private static ApiClient Connect(OneAnswer server) => new("lab", new Endpoint(server.BaseUrl, null), TimeProvider.System, TimeSpan.FromSeconds(20));

    private VendorLists Lists(ApiClient api) => new(
        api,
        [.. _paths.Select(path => new VendorList(path, (list, read) => list.ValueKind != JsonValueKind.Array ? null
            : list.Texts().Select(name => ListedModel.Row("lab", name, null, "a test", read)).OfType<ModelInfo>().Select(info => new ListedModel(info))))],
        KeptFile,
        _clock);

    /// <summary>What is asked for in the background is waited for.</summary>
    private static async Task KnowsAsync(VendorLists lists, params string[] ids)
    {
        while (!(await lists.LearnedAsync(Cancel)).Select(model => model.Info.Id).SequenceEqual(ids))
        {
            await Task.Delay(10, Cancel);
        }
    }
}
