using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Lab;

/// <summary>The lab's images and responses, as a plain HTTP client meets them.</summary>
public sealed class LabImagesTests : LabScene
{
    [Theory]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("webp")]
    public async Task Generate_IsARealPictureOfThatFormatAndSize(string format)
    {
        var (_, body) = await PostAsync("/openai/v1/images/generations", $$"""{"prompt":"x","size":"1536x1024","output_format":"{{format}}"}""");

        var bytes = Convert.FromBase64String(body["data"]![0]!["b64_json"]!.GetValue<string>());
        LabPictures.FormatOf(bytes).ShouldBe(format);
        SizeOf(bytes).ShouldBe((1536, 1024));
        (body["size"]!.GetValue<string>(), body["output_format"]!.GetValue<string>(), body["background"]!.GetValue<string>()).ShouldBe(("1536x1024", format, "opaque"));
        body["usage"]!["total_tokens"]!.GetValue<int>().ShouldBe(1010);
    }

    [Theory]
    [InlineData("""{"model":"x"}""", "prompt")]
    [InlineData("""{"prompt":"x","n":11}""", "1 to 10")]
    [InlineData("""{"prompt":"x","n":"2"}""", "integer")]
    [InlineData("""{"prompt":"x","size":"100x100"}""", "divisible by 16")]
    [InlineData("""{"prompt":"x","quality":"best"}""", "quality")]
    [InlineData("""{"prompt":"x","background":"transparent","output_format":"jpeg"}""", "jpeg")]
    [InlineData("""{"prompt":"x","response_format":"url"}""", "response_format")]
    public async Task Generate_WhatTheRealOneRefuses_IsRefused(string json, string told) =>
        await RefusedAsync("/openai/v1/images/generations", json, told);

    [Theory]
    [InlineData("none", "Missing required parameter")]
    [InlineData("image=text", "no png, jpeg or webp")]
    [InlineData("image=png,mask=jpeg", "mask")]
    [InlineData("picture=png,image=png", "picture")]
    public async Task Edit_PartsAreLookedAt(string parts, string told)
    {
        using var form = new MultipartFormDataContent { { new StringContent("a hat"), "prompt" } };
        foreach (var part in parts.Split(',').Where(part => part != "none").Select(part => part.Split('=')))
        {
            form.Add(new ByteArrayContent(part[1] == "text" ? "hello"u8.ToArray() : await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new(64, 48), part[1], false))), part[0], "a.png");
        }

        var answer = await Http.PostAsync("/openai/v1/images/edits", form, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(told);
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"input":"x","tools":[{"type":"image_generation"}]}""", "model")]
    [InlineData("""{"model":"gpt-image-2","input":"x","tools":[{"type":"image_generation"}]}""", "image model")]
    [InlineData("""{"model":"m","input":"","tools":[{"type":"image_generation"}]}""", "input")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"web_search"}]}""", "image_generation")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"image_generation","n":2}]}""", "tools[0].n")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"image_generation"}],"background":true,"store":false}""", "store")]
    [InlineData("""{"model":"m","input":"x","tools":[{"type":"image_generation"}],"previous_response_id":"resp_1"}""", "not found")]
    [InlineData("""{"model":"m","input":[{"type":"image_generation_call","id":"ig_1"},{"role":"user","content":"x"}],"tools":[{"type":"image_generation"}]}""", "not found")]
    public async Task Respond_WhatTheRealOneRefuses_IsRefused(string json, string told) =>
        await RefusedAsync("/openai/v1/responses", json, told);

    [Fact]
    public async Task Respond_InTheBackground_GoesAsScripted()
    {
        var (_, created) = await PostAsync("/openai/v1/responses", """{"model":"m","input":"x [lab:queued=1,running=1]","tools":[{"type":"image_generation"}],"background":true}""");
        var path = "/openai/v1/responses/" + created["id"]!.GetValue<string>();

        var seen = new List<JsonNode> { created };
        for (var look = 0; look < 3; look++)
        {
            seen.Add(JsonNode.Parse(await Http.GetStringAsync(path, Cancel))!);
        }

        seen.Select(view => view["status"]!.GetValue<string>()).ShouldBe(["queued", "queued", "in_progress", "completed"]);
        seen[2]["output"]![0]!["status"]!.GetValue<string>().ShouldBe("generating");
        var call = seen[3]["output"]!.AsArray().Single(item => item!["type"]!.GetValue<string>() == "image_generation_call")!;
        LabPictures.FormatOf(Convert.FromBase64String(call["result"]!.GetValue<string>())).ShouldBe("png");
        call["revised_prompt"]!.GetValue<string>().ShouldStartWith("As drawn: x");
    }

    [Fact]
    public async Task Sent_HidesKeysAndShortensPictures()
    {
        var picture = Convert.ToBase64String(await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new(640, 480), "jpeg", false)));
        await PostAsync("/openai/v1/responses", $$"""{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"x"},{"type":"input_image","image_url":"data:image/jpeg;base64,{{picture}}"}]}],"tools":[{"type":"image_generation"}]}""");

        var sent = await Http.GetStringAsync("/lab/sent", Cancel);

        sent.ShouldNotContain("anything");
        sent.ShouldContain($"{picture.Length + 23} characters, sha256");
        sent.Length.ShouldBeLessThan(2_000);
    }

    [Fact]
    public async Task Picture_UnknownWord_IsRefusedWithWhatIsAllowed() =>
        await RefusedAsync("/images/v1/images/generations", """{"prompt":"x [lab:picture=upside_down]"}""", "bad_base64");

    private async Task RefusedAsync(string path, string json, string told)
    {
        var (status, body) = await PostAsync(path, json);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body["error"]!["message"]!.GetValue<string>().ShouldContain(told);
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, string json)
    {
        using var answer = await Http.PostAsync(path, Json(json), Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }

    // Where each format has its size: IHDR; the frame header of a JPEG; VP8.
    private static (int Width, int Height) SizeOf(byte[] bytes)
    {
        switch (LabPictures.FormatOf(bytes))
        {
            case "png":
                return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
            case "webp":
                return (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(26)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(28)) & 0x3FFF);
            default:
                var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
                return (BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(frame + 7)), BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(frame + 5)));
        }
    }
}
