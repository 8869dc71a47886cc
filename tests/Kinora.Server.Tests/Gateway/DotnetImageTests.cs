using System.ClientModel;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using OpenAI;
using OpenAI.Images;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Pictures by the official .NET client, each paid once.</summary>
public sealed class DotnetImageTests : IAsyncLifetime
{
    private const string Model = "pictures/gpt-image-2";

    private GatewayScene _scene = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabPictures(lab)]);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(Model, 4)]
    [InlineData(GatewayScene.Animatic, 0)]
    public async Task Pictures_AreMadeAndEdited(string model, int paid)
    {
        var client = new ImageClient(model, new ApiKeyCredential(_scene.Key), new OpenAIClientOptions { Endpoint = _scene.BaseUrl, NetworkTimeout = KinoraProgram.Patience });

        var made = await client.GenerateImageAsync(
            "a red house", new ImageGenerationOptions { Size = GeneratedImageSize.W1024xH1024, Quality = GeneratedImageQuality.LowQuality, OutputFileFormat = GeneratedImageFileFormat.Png }, Cancel);
        IsPicture(made.Value.ImageBytes);
        var two = await client.GenerateImagesAsync("a green house", 2, new ImageGenerationOptions { Size = GeneratedImageSize.W1024xH1024 }, Cancel);
        two.Value.Count.ShouldBe(2);
        IsPicture(two.Value[1].ImageBytes);

        var picture = await ForeignFilm.TestPictureAsync(64, 64);
        IsPicture((await client.GenerateImageEditAsync(new MemoryStream(picture), "one.png", "make it blue", new ImageEditOptions { Size = GeneratedImageSize.W1024xH1024 }, Cancel)).Value.ImageBytes);
        var edited = await client.GenerateImageEditsAsync(new MemoryStream(picture), "one.png", "make it green", 2, new ImageEditOptions { Size = GeneratedImageSize.W1024xH1024 }, Cancel);
        edited.Value.Count.ShouldBe(2);

        _scene.Lab.Ledger.Creates.Count.ShouldBe(paid);
        var refused = await Should.ThrowAsync<ClientResultException>(async () => await client.GenerateImageAsync("x", new ImageGenerationOptions { Size = new GeneratedImageSize(10, 10) }, Cancel));
        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("10x10");
    }

    private static void IsPicture(BinaryData bytes) => bytes.ToArray().AsSpan(1, 3).SequenceEqual("PNG"u8).ShouldBeTrue();
}
