using Forum.Web.Commands;

return await CommandLine.Run(args);
