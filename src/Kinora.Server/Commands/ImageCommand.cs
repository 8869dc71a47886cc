using System.CommandLine;
using Kinora.Errors;

namespace Kinora.Server.Commands;

internal static class ImageCommand
{
    public static Command Build()
    {
        var picture = new PictureOptions();
        var session = new Option<string?>("--session") { Description = "Make it the next turn of this session", HelpName = "ID" };
        var make = new MakeCommand();
        var command = new Command("image", "Make or change a picture, wait for it and save it");
        picture.AddTo(command);
        command.Options.Add(session);
        make.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) =>
        {
            if (parsed.GetValue(session) is not null && make.Model(parsed) is not null)
            {
                throw KinoraException.Invalid([new Fault("--model", "A session keeps the model it began with; leave --model out.")]);
            }

            return make.RunAsync(context, parsed, picture.Read(parsed, make.OutFile(parsed)), cancel, parsed.GetValue(session));
        }));
        return command;
    }
}
